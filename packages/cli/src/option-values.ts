import type { Config, NamedRegistry } from './config.ts';

/** Parsed options with typed access. */
export class OptionValues {
  readonly #values: Readonly<Record<string, unknown>>;
  readonly #config: Config | undefined;

  /** `values` have camel-cased names, as commander returns them. The defaults of the configuration file apply to the others. */
  constructor(values: Readonly<Record<string, unknown>>, config?: Config) {
    this.#values = { ...config?.defaults, ...values };
    this.#config = config;
  }

  /** The ids of a registry that the configuration file names. */
  registry(host: string | undefined): NamedRegistry | undefined {
    return host === undefined ? undefined : this.#config?.registries[host];
  }

  text(name: string): string | undefined {
    const value = this.#values[name];
    return typeof value === 'string' ? value : undefined;
  }

  number(name: string): number | undefined {
    const value = this.#values[name];
    return typeof value === 'number' ? value : undefined;
  }

  flag(name: string): boolean {
    return this.#values[name] === true;
  }

  /** The values of an option that is parsed to a list. */
  list(name: string): readonly string[] {
    const value = this.#values[name];
    return Array.isArray(value) ? value.map(String) : [];
  }

  /** Whether a negative option such as `--no-color` was given. */
  denied(name: string): boolean {
    return this.#values[name] === false;
  }

  /** One of the choices. `fallback` when the option was not given. */
  choice<Choice extends string>(name: string, choices: readonly Choice[], fallback: Choice): Choice {
    return choices.find((choice) => choice === this.#values[name]) ?? fallback;
  }
}
