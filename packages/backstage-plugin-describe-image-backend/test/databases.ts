import knex, { type Knex } from 'knex';

/** Connection string of a Postgres server for the tests. Without it, they run on SQLite only. */
const POSTGRES = process.env['BACKSTAGE_TEST_POSTGRES'];

/** The databases to test on, by name, each with a function that opens an empty one. */
export const DATABASES: readonly [name: string, open: () => Promise<Knex>][] = [
  ['SQLite', openSqlite],
  ...(POSTGRES === undefined
    ? []
    : [['Postgres', () => openPostgres(POSTGRES)] as [string, () => Promise<Knex>]]),
];

/** Opens a database in memory. */
export async function openSqlite(): Promise<Knex> {
  return knex({
    client: 'better-sqlite3',
    connection: ':memory:',
    useNullAsDefault: true,
    pool: { min: 1, max: 1 },
  });
}

/** Each test gets its own schema. */
async function openPostgres(connection: string): Promise<Knex> {
  const schema = `test_${process.hrtime.bigint()}`;
  const database = knex({ client: 'pg', connection, searchPath: [schema] });
  await database.raw('create schema ??', [schema]);
  return database;
}
