import { ASSUMPTIONS } from '../src/assumptions.ts';
import { demoSeed } from '../src/world/demo-seed.ts';

/** The generated files, by path relative to the package. */
export const generatedFiles: Readonly<Record<string, () => string>> = {
  'docs/assumptions.md': assumptionsPage,
  '../../docs/emulator-assumptions.md': assumptionsTable,
  'seeds/demo.json': () => `${JSON.stringify(demoSeed, undefined, 2)}\n`,
};

function assumptionsTable(): string {
  const rows = Object.entries(ASSUMPTIONS).map(([name, { default: chosen, values, question }]) => {
    const others = values.filter((value) => value !== chosen).map((value) => `\`${value}\``);
    return `| \`${name}\` | ${question.replaceAll('\n', ' ')} | \`${chosen}\` | ${others.join(' ')} |`;
  });
  return `<!-- Generated from packages/emulator/src/assumptions.ts by \`pnpm docs:generate\`. -->

# Assumptions of the emulator

The service does not document every behaviour that its emulator needs. This table lists the assumptions. Each can be changed:
\`createEmulator({ assumptions: { absentImage: 'error' } })\`, or \`describe-image-emulator --assume absentImage=error\`. The reasons are on
[the page of the emulator](../packages/emulator/docs/assumptions.md).

| assumption | question | default | alternatives |
| --- | --- | --- | --- |
${rows.join('\n')}
`;
}

function assumptionsPage(): string {
  const entries = Object.entries(ASSUMPTIONS).map(
    ([name, { default: chosen, values, question, why }]) =>
      `## \`${name}\`

${question}

${values.map((value) => (value === chosen ? `**\`${value}\`** (default)` : `\`${value}\``)).join(' · ')}

${why}
`,
  );
  return `<!-- Generated from src/assumptions.ts by \`pnpm docs:generate\`. -->

# Assumptions of the emulator

These behaviours are not documented, or the vendor's pages contradict each other. None was checked against the live service.
Each can be changed:

\`\`\`ts
import { createEmulator } from '@describe-image/emulator';

const emulator = await createEmulator({ assumptions: { absentImage: 'error' } });
\`\`\`

\`\`\`sh
describe-image-emulator --assume absentImage=error
\`\`\`

${entries.join('\n')}
## Fixed assumptions

- **Order of the checks**: form of the request, operation, key, security token, timestamp, signature, nonce, throttling,
  permission, parameters. A nonce counts as used when its signature is right.
- **HostId** is the host name in the request, without port.
- **Request ids and temporary credentials** are derived from the seed and the number of the call, so that every run is the same.
- **The findings of a scan** come from the seed. A scan that fails or times out does not change the earlier counts.
- **Vulnerabilities** of a seed that only counts them are generated. The digest of a scan is the one that the tag had when the scan
  started. What the last scan of a digest does not find any more has the status 7. \`Digest\` with the prefix \`sha256:\` is rejected, and the
  status 4 does not occur.
- **OIDC tokens**: form, expiration and the conditions of the seed are checked, the signature is not.
`;
}
