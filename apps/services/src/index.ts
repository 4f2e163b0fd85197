export { findChromium, type ProgramOptions, runProgram } from './run-program.ts';
export { type Postgres, startPostgres } from './start-postgres.ts';
export { type Redis, startRedis } from './start-redis.ts';
export { freePort, type Service, type ServiceOptions, startService } from './start-service.ts';
