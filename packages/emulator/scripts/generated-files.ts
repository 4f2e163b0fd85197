import { ASSUMPTIONS } from '../src/assumptions.ts';
import { demoSeed } from '../src/demo/demo-seed.ts';

/** Files of this package that are written from its sources, by path inside the package. */
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

# What the emulator assumes

The service does not document all that an emulator of it must decide. Every such decision is listed here and can be switched:
\`createEmulator({ assumptions: { absentImage: 'error' } })\`, or \`describe-image-emulator --assume absentImage=error\`. The reasons are in
[the emulator's own page](../packages/emulator/docs/assumptions.md).

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
  return `<!-- Generated from src/assumptions.ts by \`pnpm generate\`. -->

# What the emulator assumes

None of this is documented by the service, or its pages contradict each other. Nothing here was checked against the live
service. Each entry is a switch:

\`\`\`ts
import { createEmulator } from '@describe-image/emulator';

const emulator = await createEmulator({ assumptions: { absentImage: 'error' } });
\`\`\`

\`\`\`sh
describe-image-emulator --assume absentImage=error
\`\`\`

${entries.join('\n')}
## Not switchable

- **Order of the checks**: form of the request, operation, key, security token, time stamp, signature, nonce, throttling,
  permission, parameters. A nonce counts as used once its signature has proved right.
- **HostId** is the host name the client called, without port.
- **Request ids and temporary credentials** follow from the seed and the number of the call, so that runs repeat.
- **What a scan finds** comes from the seed; a scan that failed or timed out leaves the earlier counts in place.
- **OIDC tokens** are checked for form, expiry and the conditions of the seed, not for their signature.
`;
}
