export { ASSUMPTIONS, type Assumption, type Assumptions, type AssumptionTable } from './assumptions.ts';
export { EmulatorClock, type Instant } from './clock.ts';
export { createEmulator, type Emulator } from './create-emulator.ts';
export { demoCredentials } from './demo/demo-credentials.ts';
export { demoSeed } from './demo/demo-seed.ts';
export type { EmulatorOptions } from './emulator-options.ts';
export type { LoggedRequest } from './request-log.ts';
export { parseSeed, SeedError } from './world/parse-seed.ts';
export type {
  Seed,
  SeedDuration,
  SeedKey,
  SeedPush,
  SeedRegistry,
  SeedRepository,
  SeedScan,
  SeedTag,
  SeedThrottle,
  SeedTime,
} from './world/seed.ts';
