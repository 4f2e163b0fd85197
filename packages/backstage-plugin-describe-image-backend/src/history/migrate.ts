import { type DatabaseService, resolvePackagePath } from '@backstage/backend-plugin-api';

/** Brings the plugin's tables up to date, unless the administrator does that otherwise. */
export async function migrate(database: DatabaseService): Promise<void> {
  if (database.migrations?.skip) return;
  const knex = await database.getClient();
  const directory = resolvePackagePath(
    '@describe-image/backstage-plugin-describe-image-backend',
    'migrations',
  );
  await knex.migrate.latest({ directory });
}
