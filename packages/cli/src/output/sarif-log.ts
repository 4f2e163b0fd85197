import manifest from '../../package.json' with { type: 'json' };

/** A SARIF 2.1.0 log with one run of this program. */
export function sarifLog({
  rules,
  ...run
}: {
  readonly rules: readonly object[];
  readonly results: readonly object[];
  readonly [property: string]: unknown;
}): object {
  const { version, homepage: informationUri } = manifest;
  return {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [{ tool: { driver: { name: 'describe-image', version, informationUri, rules } }, ...run }],
  };
}
