import { expect, it } from 'vitest';
import { CredentialSourceError, defaultCredentials } from '../../src/credentials/index.ts';
import { machine } from './machine.ts';
import { everythingOf, expectNoSecret } from './rejection.ts';

const SECRETS = [
  'Kx7secretOfTheAccessKey0001abcd',
  'Qz8tokenOfTheSession0002efgh',
  'Wv9accessTokenOfSignIn0003ijkl',
  'Hj4refreshTokenOfSignIn0004mnop',
  'Bn5passwordOfTheCommand0005qrst',
] as const;
const [SECRET, TOKEN, ACCESS_TOKEN, REFRESH_TOKEN, PASSWORD] = SECRETS;
const ROLE = 'acs:ram::1234567890123456:role/reader';

const CONFIG = JSON.stringify(
  {
    current: 'keys',
    profiles: [
      {
        name: 'keys',
        mode: 'AK',
        access_key_id: 'LTAI5tFuzzFuzzFuzz',
        access_key_secret: SECRET,
        region_id: 'cn-hangzhou',
      },
      {
        name: 'sts',
        mode: 'StsToken',
        access_key_id: 'STS.Fuzz',
        access_key_secret: SECRET,
        sts_token: TOKEN,
      },
      {
        name: 'role',
        mode: 'RamRoleArn',
        access_key_id: 'LTAI5tFuzz',
        access_key_secret: SECRET,
        ram_role_arn: ROLE,
      },
      {
        name: 'chain',
        mode: 'ChainableRamRoleArn',
        source_profile: 'keys',
        ram_role_arn: ROLE,
        expired_seconds: 900,
      },
      {
        name: 'sso',
        mode: 'CloudSSO',
        cloud_sso_sign_in_url: 'https://sso.invalid/login',
        access_token: ACCESS_TOKEN,
      },
      { name: 'oauth', mode: 'OAuth', oauth_site_type: 'CN', oauth_refresh_token: REFRESH_TOKEN },
      { name: 'program', mode: 'External', process_command: `get-keys --password ${PASSWORD}` },
      {
        name: 'pod',
        mode: 'OIDC',
        ram_role_arn: ROLE,
        oidc_provider_arn: 'acs:ram::1234567890123456:oidc-provider/ack',
        oidc_token_file: '/nowhere/token',
      },
      { name: 'instance', mode: 'EcsRamRole', ram_role_name: 'web-role' },
      { name: 'uri', mode: 'CredentialsURI', credentials_uri: `http://127.0.0.1:9/${PASSWORD}` },
    ],
  },
  null,
  2,
);
const PROFILES = ['keys', 'sts', 'role', 'chain', 'sso', 'oauth', 'program', 'pod', 'instance', 'uri'];
const SHARED = `[default]
type = access_key
access_key_id = LTAI5tFuzzFuzzFuzz
access_key_secret = ${SECRET}
[sts]
type = sts
access_key_id = STS.Fuzz
access_key_secret = ${SECRET}
security_token = ${TOKEN}
[role]
type = ram_role_arn
access_key_id = LTAI5tFuzzFuzzFuzz
access_key_secret = ${SECRET}
role_arn = ${ROLE}
`;
const SECTIONS = ['default', 'sts', 'role'];

/** mulberry32: a seeded generator of random numbers. */
function random(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

/** Deletes, repeats, swaps and overwrites text, as editors, merges and full disks do. */
function mutate(text: string, pick: (below: number) => number): string {
  const at = pick(text.length);
  const to = Math.min(text.length, at + 1 + pick(60));
  const other = pick(text.length);
  const lines = text.split('\n');
  const line = pick(lines.length);
  const odd = [
    '"',
    '{',
    '}',
    '[',
    ']',
    ',',
    ':',
    '=',
    '\\',
    '\0',
    '\uFEFF',
    '\r',
    '#',
    'null',
    '7',
    '[]',
    '{}',
  ];
  switch (pick(8)) {
    case 0:
      return text.slice(0, at);
    case 1:
      return text.slice(0, at) + text.slice(to);
    case 2:
      return text.slice(0, at) + odd[pick(odd.length)] + text.slice(at + pick(2));
    case 3:
      return text.slice(0, other) + text.slice(at, to) + text.slice(other);
    case 4:
      return lines.toSpliced(line, 1).join('\n');
    case 5:
      return lines.toSpliced(line, 0, lines[pick(lines.length)] ?? '').join('\n');
    case 6:
      return text.replace(/"[^"]*"(?=[,\n])/g, (value) =>
        pick(9) === 0 ? (odd[13 + pick(4)] ?? '') : value,
      );
    default: {
      // Moves a value to another name, as a misplaced line does.
      const values = [...text.matchAll(/(?:: "|= )([^"\n]+)/g)].map((match) => match[1] ?? '');
      const [from, into] = [values[pick(values.length)] ?? '', values[pick(values.length)] ?? ''];
      return text.replace(into, () => from);
    }
  }
}

it('returns credentials or an error without secrets for 1,000 seeded mutations of configuration files', async () => {
  const { host, write } = machine({
    ALIBABA_CLOUD_ECS_METADATA_DISABLED: 'true',
    ALIBABA_CLOUD_STS_ENDPOINT: 'http://127.0.0.1:9',
  });
  // Requests to mutated addresses must stay on this machine.
  const isolated = {
    ...host,
    request: (request: Parameters<typeof host.request>[0]) =>
      host.request({ ...request, url: 'http://127.0.0.1:9/' }),
  };
  let refused = 0;
  for (let seed = 1; seed <= 1000; seed++) {
    const pick = random(seed);
    const ini = seed % 4 === 0;
    let text = ini ? SHARED : CONFIG;
    for (let times = 1 + pick(3); times > 0; times--) text = mutate(text, pick);
    write('.alibabacloud/credentials', ini ? text : '');
    write('.aliyun/config.json', ini ? '' : text);
    const names = ini ? SECTIONS : PROFILES;
    const profile = pick(3) === 0 ? undefined : names[pick(names.length)];
    const provider = defaultCredentials({ host: isolated, profile });
    const steps = await provider.explain();
    expectNoSecret(JSON.stringify(steps), ...SECRETS);
    try {
      await provider();
    } catch (error) {
      refused++;
      expect(error, `seed ${seed}`).toBeInstanceOf(CredentialSourceError);
      expect((error as CredentialSourceError).remedy, `seed ${seed}`).not.toBe('');
      expectNoSecret(everythingOf(error), ...SECRETS);
    }
  }
  // The mutations must break some files but not all.
  expect(refused).toBeGreaterThan(300);
  expect(refused).toBeLessThan(1000);
}, 60_000);
