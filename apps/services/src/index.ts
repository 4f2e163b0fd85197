export { findChromium } from './find-chromium.ts';
export { freePort } from './free-port.ts';
export { type ProgramOptions, runProgram } from './run-program.ts';
export { type Postgres, startPostgres } from './start-postgres.ts';
export { type Redis, startRedis } from './start-redis.ts';
export { type Service, type ServiceOptions, startService } from './start-service.ts';
