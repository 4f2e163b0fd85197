/** The repository that a registry host stands for, for hosts that the inventory does not list. */
export interface NamedRegistry {
  readonly instance?: string | undefined;
  readonly region?: string | undefined;
}

/** The configuration file. */
export interface Config {
  /** Values of global flags, by their camel-cased names. */
  readonly defaults: Readonly<Record<string, unknown>>;
  readonly registries: Readonly<Record<string, NamedRegistry>>;
}
