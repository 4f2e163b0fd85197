import type { FaultRule } from '../faults/fault-rule.ts';

/** A time: ISO 8601 (`2026-11-01T08:00:00Z`), or relative to the emulator's start (`-3d`, `+10m`, `+1500ms`). @public */
export type SeedTime = string;
/** A duration: `1500ms`, `90s`, `15m`, `2h`, `1d`. @public */
export type SeedDuration = string;

/** The initial state of an emulator. Every member has a default. @public */
export interface Seed {
  /** The name of the seed, which generated ids depend on. @default 'world' */
  readonly name?: string | undefined;
  /** The account that owns everything, 16 digits. @default '1234567890123456' */
  readonly accountId?: string | undefined;
  readonly keys?: readonly SeedKey[] | undefined;
  readonly roles?: readonly SeedRole[] | undefined;
  readonly oidcProviders?: readonly SeedOidcProvider[] | undefined;
  /** The metadata service of an ECS instance. @default an instance without a role */
  readonly metadata?: SeedMetadata | undefined;
  /** The rate limits of keys without limits of their own. @default no limits */
  readonly throttle?: SeedThrottle | undefined;
  /** The initial fault rules. @default [] */
  readonly faults?: readonly FaultRule[] | undefined;
  readonly registries?: readonly SeedRegistry[] | undefined;
  /** How far the inventory (DescribeImageInstances) lags behind the registry (DescribeImage). @default '0s' */
  readonly inventoryLag?: SeedDuration | undefined;
  /** What happens to the inventory after each page that is served. @default 'none' */
  readonly churn?: InventoryChurn | undefined;
}

/** `grow` adds an image in front, `shrink` hides the first one, `swap` does both. @public */
export type InventoryChurn = 'none' | 'grow' | 'shrink' | 'swap';

/** An access key of a RAM user. @public */
export interface SeedKey {
  readonly accessKeyId: string;
  readonly accessKeySecret: string;
  /** @default 'Active' */
  readonly status?: 'Active' | 'Inactive' | undefined;
  /** The RAM user the key belongs to. @default the access key id */
  readonly user?: string | undefined;
  /** Makes the key temporary: requests must then contain this token. */
  readonly securityToken?: string | undefined;
  /** When the security token expires. @default never */
  readonly expiresAt?: SeedTime | undefined;
  /** Actions allowed, with wildcards: `yundun-sas:Describe*`. @default ['*'] */
  readonly allow?: readonly string[] | undefined;
  /** Actions denied. They take precedence over `allow`. @default [] */
  readonly deny?: readonly string[] | undefined;
  readonly throttle?: SeedThrottle | undefined;
}

/** A RAM role. @public */
export interface SeedRole {
  readonly name: string;
  /** @default ['*'] */
  readonly allow?: readonly string[] | undefined;
  /** @default [] */
  readonly deny?: readonly string[] | undefined;
  /** Longest session, in seconds. @default 3600 */
  readonly maxSessionSeconds?: number | undefined;
  readonly trust?: SeedTrust | undefined;
}

/** The identities that may assume a role. Names may contain `*`. @public */
export interface SeedTrust {
  /** @default ['*'] */
  readonly users?: readonly string[] | undefined;
  /** Roles whose sessions may assume it. @default ['*'] */
  readonly roles?: readonly string[] | undefined;
  /** @default ['*'] */
  readonly oidcProviders?: readonly string[] | undefined;
  /** Values of the token's `sub`. @default any */
  readonly oidcSubjects?: readonly string[] | undefined;
  /** The external id that AssumeRole must send. @default none */
  readonly externalId?: string | undefined;
}

/** An OIDC identity provider. A condition that is left out accepts every well-formed token that has not expired. @public */
export interface SeedOidcProvider {
  readonly name: string;
  /** The tokens accepted, exactly. @default any */
  readonly tokens?: readonly string[] | undefined;
  /** What `iss` must be. @default any */
  readonly issuer?: string | undefined;
  /** What `aud` must contain. @default any */
  readonly audience?: string | undefined;
}

/** The metadata service, and the credentials URI. @public */
export interface SeedMetadata {
  /** The role of the instance. */
  readonly role: string;
  /** Whether requests without a token are answered. @default true */
  readonly v1?: boolean | undefined;
  /** Whether tokens are issued and accepted. @default true */
  readonly v2?: boolean | undefined;
  /** How long its credentials are valid, in seconds. @default 21600 */
  readonly sessionSeconds?: number | undefined;
}

/** A token bucket on the emulator's clock. @public */
export interface SeedThrottle {
  /** Calls per second of the key, for all operations together. More calls get `Throttling.User`. */
  readonly callsPerSecond?: number | undefined;
  /** Calls per second of the key, by operation. More calls get `Throttling.Api`. */
  readonly operations?: Readonly<Record<string, number>> | undefined;
}

/** A registry instance. @public */
export interface SeedRegistry {
  /** `acr`, `harbor`, `quay`, `CI/CD`. @default 'acr' */
  readonly registryType?: string | undefined;
  readonly regionId: string;
  readonly instanceId: string;
  /** Host names by network, as in the `Endpoints` field. */
  readonly domains?: SeedDomains | undefined;
  readonly repositories: readonly SeedRepository[];
}

/** Host names of a registry, by network. @public */
export interface SeedDomains {
  readonly internet?: readonly string[] | undefined;
  readonly intranet?: readonly string[] | undefined;
  readonly vpc?: readonly string[] | undefined;
}

/** A repository and its tags. @public */
export interface SeedRepository {
  readonly repoId: string;
  readonly namespace: string;
  readonly name: string;
  /** @default 'private' */
  readonly type?: string | undefined;
  readonly tags: readonly SeedTag[];
}

/** A tag with its images and scans. @public */
export interface SeedTag {
  readonly tag: string;
  /** The images that the tag refers to, oldest first. Each entry applies from its time on. */
  readonly history: readonly SeedPush[];
  /** Scans, oldest first. @default [] (never scanned) */
  readonly scans?: readonly SeedScan[] | undefined;
  /** Whether a running container uses it. @default false */
  readonly deployed?: boolean | undefined;
  /** Whether the inventory lists the image. @default true */
  readonly inventory?: boolean | undefined;
  /** How far the inventory lags behind for this tag. @default the seed's inventoryLag */
  readonly inventoryLag?: SeedDuration | undefined;
  /** The inventory shows this time until it is synchronised. @default it follows the registry with its lag */
  readonly inventoryAsOf?: SeedTime | undefined;
  readonly sourceBizTag?: string | undefined;
}

/** The change of a tag to a digest, or its deletion. @public */
export interface SeedPush {
  readonly at: SeedTime;
  /** 64 hex digits, with or without `sha256:`; `null` deletes the tag. */
  readonly digest: string | null;
  /** 64 hex digits. @default derived from the digest */
  readonly imageId?: string | undefined;
  /** @default derived from the digest */
  readonly sizeBytes?: number | undefined;
}

/** A scan of the image that a tag refers to. @public */
export interface SeedScan {
  readonly startedAt: SeedTime;
  /** How long each state lasts. @default '5s' */
  readonly step?: SeedDuration | undefined;
  /** How it ends. @default 'SUCCESS' */
  readonly result?: 'SUCCESS' | 'FAIL' | 'TIMEOUT' | undefined;
  /** The scan never leaves this state. */
  readonly haltAt?: string | undefined;
  /** ScaResult, for example `TASK_NOT_SUPPORT_REGION`. */
  readonly error?: string | undefined;
  /** The vulnerabilities that a successful scan finds: their number, or each of them. @default 0 */
  readonly vulnerabilities?: number | readonly SeedVulnerability[] | undefined;
  /** What else a successful scan finds. @default 0 each */
  readonly alerts?: number | undefined;
  readonly baselineRisks?: number | undefined;
}

/** A vulnerability that a scan finds. @public */
export interface SeedVulnerability {
  /** For example `debian:12:CVE-2024-2961`. */
  readonly name: string;
  /** AliasName in English. @default the first CVE id */
  readonly title?: string | undefined;
  /** AliasName in Chinese. @default the title */
  readonly titleZh?: string | undefined;
  /** @default the CVE ids in the name */
  readonly cves?: readonly string[] | undefined;
  /** The priority to fix it. @default 'later' */
  readonly necessity?: 'asap' | 'later' | 'nntf' | undefined;
  /** CanFix. @default true */
  readonly fixable?: boolean | undefined;
  /** Whether it was handled in the console. @default false */
  readonly handled?: boolean | undefined;
  readonly os?: string | undefined;
  readonly osRelease?: string | undefined;
  readonly ruleTag?: string | undefined;
  readonly packages: readonly SeedVulnerablePackage[];
}

/** A package that has the vulnerability. @public */
export interface SeedVulnerablePackage {
  readonly name: string;
  readonly version: string;
  readonly path?: string | undefined;
  readonly updateCommand?: string | undefined;
}
