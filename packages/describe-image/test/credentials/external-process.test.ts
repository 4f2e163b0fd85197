import { expect, it } from 'vitest';
import { cliProfileCredentials } from '../../src/credentials/index.ts';
import { splitCommand } from '../../src/credentials/sources/external-process.ts';
import { configOf, type Machine, machine, START } from './machine.ts';
import { everythingOf, expectNoSecret, rejection } from './rejection.ts';

/** A profile whose program is Node itself, running `script` with the given arguments. */
function withProgram(script: string, parameters = '', environment = {}): Machine {
  const laptop = machine(environment);
  const path = laptop.write('with blank/program.mjs', script);
  const process_command = `"${process.execPath}" '${path}' ${parameters}`;
  laptop.write('.aliyun/config.json', configOf({ mode: 'External', process_command }));
  return laptop;
}

const PRINT_KEYS = `console.log(JSON.stringify({
  mode: 'StsToken', access_key_id: 'STS.printed', access_key_secret: 'printedsecret', sts_token: 'printedtoken',
  expiration: '2026-01-31T13:00:00Z',
}));`;

it('runs the program of mode External when allowed, and reads the keys that it prints', async () => {
  const { host } = withProgram(PRINT_KEYS);
  expect(await cliProfileCredentials({ host, allowProcess: true })()).toEqual({
    accessKeyId: 'STS.printed',
    accessKeySecret: 'printedsecret',
    securityToken: 'printedtoken',
    expiration: new Date(START + 3_600_000),
  });
});

it('passes arguments to the program without a shell', async () => {
  const { host } = withProgram(
    `const [first, second] = process.argv.slice(2);
     console.log(JSON.stringify({ mode: 'AK', access_key_id: first.length + '-' + second, access_key_secret: 'x' }));`,
    `'two words' $HOME`,
  );
  expect(await cliProfileCredentials({ host, allowProcess: true })()).toMatchObject({
    accessKeyId: '9-$HOME',
  });
});

it('rejects mode External unless programs are allowed', async () => {
  const { host } = withProgram(PRINT_KEYS, '--password=commandsecret');
  const error = await rejection(cliProfileCredentials({ host }));
  expect(error.message).toContain('runs a program, which is not allowed here');
  expect(error.remedy).toContain('allowProcess: true');
  expectNoSecret(everythingOf(error), 'commandsecret');
});

it('rejects an allowed program when ALIBABA_CLOUD_DISABLE_EXTERNAL_PROCESS is set', async () => {
  const { host } = withProgram(PRINT_KEYS, '', { ALIBABA_CLOUD_DISABLE_EXTERNAL_PROCESS: 'true' });
  const error = await rejection(cliProfileCredentials({ host, allowProcess: true }));
  expect(error.message).toContain('ALIBABA_CLOUD_DISABLE_EXTERNAL_PROCESS');
});

it.each([
  ['fails', `console.log('leakysecret'); console.error('leakysecret'); process.exit(3);`, 'ended with 3'],
  ['prints no JSON', `console.log('leakysecret');`, 'printed no JSON object'],
  [
    'prints no secret',
    `console.log('{"mode":"AK","access_key_id":"leakysecret"}');`,
    'access_key_secret is missing',
  ],
  ['prints another mode', `console.log('{"mode":"leakysecret"}');`, 'a mode other than AK and StsToken'],
])(
  'rejects a program that %s, without repeating its command line or output',
  async (_case, script, message) => {
    const { host } = withProgram(script, 'commandsecret');
    const error = await rejection(cliProfileCredentials({ host, allowProcess: true }));
    expect(error.message).toContain(message);
    expectNoSecret(everythingOf(error), 'leakysecret', 'commandsecret');
  },
);

it('stops a program after 60 seconds', async () => {
  const { host } = withProgram(PRINT_KEYS);
  const limits: number[] = [];
  const runProcess: typeof host.runProcess = async (_command, _parameters, timeoutMs) => {
    limits.push(timeoutMs);
    return '{"mode":"AK","access_key_id":"a","access_key_secret":"b"}';
  };
  await cliProfileCredentials({ host: { ...host, runProcess }, allowProcess: true })();
  expect(limits).toEqual([60_000]);
});

it('closes the standard input of a program', async () => {
  const { host } = withProgram(`process.stdin.resume().on('end', () => { ${PRINT_KEYS} });`);
  expect(await cliProfileCredentials({ host, allowProcess: true })()).toMatchObject({
    accessKeyId: 'STS.printed',
  });
});

it.each([
  ['acs-sso login --profile "my dev"', ['acs-sso', 'login', '--profile', 'my dev']],
  [`a 'b "c" d' e`, ['a', 'b "c" d', 'e']],
  ['a "b \\"c\\" d"', ['a', 'b "c" d']],
  ['a b\\ c', ['a', 'b c']],
  ['C:\\tools\\sso.exe get', ['C:\\tools\\sso.exe', 'get']],
  ['a ""', ['a', '']],
  ['a; rm -rf $HOME | b', ['a;', 'rm', '-rf', '$HOME', '|', 'b']],
  ['a "b', undefined],
  ['  ', undefined],
])('splits the command line %s into %j', (text, words) => {
  expect(splitCommand(text)).toEqual(words);
});
