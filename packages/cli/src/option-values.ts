/** Parsed options, each read as what it must be. */
export class OptionValues {
  readonly #values: Readonly<Record<string, unknown>>;

  /** `values` by camel-cased name, as the argument parser gives them. */
  constructor(values: Readonly<Record<string, unknown>>) {
    this.#values = values;
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

  /** For options that only say no: `--no-color`. */
  denied(name: string): boolean {
    return this.#values[name] === false;
  }

  /** One of the choices, or the fallback. */
  choice<Choice extends string>(name: string, choices: readonly Choice[], fallback: Choice): Choice {
    return choices.find((choice) => choice === this.#values[name]) ?? fallback;
  }
}
