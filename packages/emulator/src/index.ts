export { ASSUMPTIONS, type Assumption, type Assumptions, type AssumptionTable } from './assumptions.ts';
export { EmulatorClock, type Instant } from './clock.ts';
export { createEmulator } from './create-emulator.ts';
export type { Emulator } from './emulator.ts';
export type { EmulatorOptions } from './emulator-options.ts';
export type { ActiveFault, FaultEffect, FaultRule } from './faults/fault-rule.ts';
export type { Faults } from './faults/faults.ts';
export type { MetadataChange, MetadataService, MetadataSettings } from './metadata/metadata-service.ts';
export type { LoggedRequest } from './request-log.ts';
export { type EmulatorSnapshot, parseSnapshot } from './snapshot.ts';
export type { SessionRecord } from './sts/sessions.ts';
export type { TlsCertificate } from './tls-certificate.ts';
export { demoCredentials, demoSeed } from './world/demo-seed.ts';
export type { ImageSelector, RepositorySelector } from './world/image-selector.ts';
export { parseSeed, SeedError } from './world/parse-seed.ts';
export type {
  InventoryChurn,
  Seed,
  SeedDomains,
  SeedDuration,
  SeedKey,
  SeedMetadata,
  SeedOidcProvider,
  SeedPush,
  SeedRegistry,
  SeedRepository,
  SeedRole,
  SeedScan,
  SeedTag,
  SeedThrottle,
  SeedTime,
  SeedTrust,
  SeedVulnerability,
  SeedVulnerablePackage,
} from './world/seed.ts';
export type { ImageIds, ImageSummary, World, WorldSnapshot } from './world/world.ts';
