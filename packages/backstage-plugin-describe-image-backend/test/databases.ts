import knex, { type Knex } from 'knex';

/** A connection string of a Postgres that the tests may fill; without it they run on SQLite alone. */
const POSTGRES = process.env['BACKSTAGE_TEST_POSTGRES'];

/** Every kind of database to test on: its name, and how to open an empty one. */
export const DATABASES: readonly [name: string, open: () => Promise<Knex>][] = [
  ['SQLite', openSqlite],
  ...(POSTGRES === undefined
    ? []
    : [['Postgres', () => openPostgres(POSTGRES)] as [string, () => Promise<Knex>]]),
];

/** In memory, and gone with its one connection. */
export async function openSqlite(): Promise<Knex> {
  return knex({
    client: 'better-sqlite3',
    connection: ':memory:',
    useNullAsDefault: true,
    pool: { min: 1, max: 1 },
  });
}

/** A schema of its own, so that tests do not meet. */
async function openPostgres(connection: string): Promise<Knex> {
  const schema = `test_${process.hrtime.bigint()}`;
  const database = knex({ client: 'pg', connection, searchPath: [schema] });
  await database.raw('create schema ??', [schema]);
  return database;
}
