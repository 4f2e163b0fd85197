import knex from 'knex';
import { describe, expect, it } from 'vitest';
import { migrate } from './tables.ts';

describe('migrate', () => {
  it.each([undefined, { skip: true }])(
    'rejects MySQL before it connects, with the clients to use (migrations: %j)',
    async (migrations) => {
      const database = knex({ client: 'mysql2', connection: { host: '127.0.0.1', port: 1 } });
      await expect(
        migrate({ getClient: async () => database, ...(migrations === undefined ? {} : { migrations }) }),
      ).rejects.toThrow(
        'describe-image: backend.database.client must be better-sqlite3 or pg, got mysql2. Set ' +
          'backend.database.plugin.describe-image.client to one of them',
      );
      await database.destroy();
    },
  );
});
