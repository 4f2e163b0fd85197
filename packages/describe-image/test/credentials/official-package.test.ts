import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import { credentialsUri, defaultCredentials } from '../../src/credentials/index.ts';
import { type Machine, machine, START } from './machine.ts';
import { everythingOf, rejection } from './rejection.ts';
import { serve } from './serve.ts';
import { session } from './sts-service.ts';

const SECRET = 'secretInAFileThatBroke';

interface Result {
  readonly survivors: number;
  readonly messages: readonly string[];
}

async function askOfficialPackage({ home, environment }: Machine, ...parameters: string[]): Promise<Result> {
  const script = join(import.meta.dirname, 'official-package.mjs');
  const { stdout } = await promisify(execFile)(process.execPath, [script, ...parameters], {
    env: { ...environment, HOME: home, USERPROFILE: home },
  });
  return JSON.parse(stdout);
}

/** Only the last step of the chain has credentials. */
async function uriOnly(): Promise<
  Machine & { readonly requests: readonly unknown[]; readonly origin: string }
> {
  const { origin, requests } = await serve(() => ({ json: session(1, Date.now()) }));
  const environment = { ALIBABA_CLOUD_ECS_METADATA_DISABLED: 'true', ALIBABA_CLOUD_CREDENTIALS_URI: origin };
  return { ...machine(environment, { now: Date.now }), requests, origin };
}

it('resolves all of 20 concurrent first calls, where the official package resolves one', async () => {
  const place = await uriOnly();
  const official = await askOfficialPackage(place, '20');
  expect(official.survivors).toBe(1);

  const provider = defaultCredentials({ host: place.host });
  const ours = await Promise.all(Array.from({ length: 20 }, () => provider()));
  expect(new Set(ours.map(({ accessKeyId }) => accessKeyId))).toEqual(new Set(['STS.session1']));
});

it('sends one request for ten concurrent first calls, where the official package sends ten', async () => {
  const place = await uriOnly();
  await askOfficialPackage(place, '10', place.origin);
  expect(place.requests).toHaveLength(10);

  const provider = credentialsUri(place.origin, { host: place.host });
  await Promise.all(Array.from({ length: 10 }, () => provider()));
  expect(place.requests).toHaveLength(11);
});

it('keeps the secrets of a broken file out of the error, where the official package shows them', async () => {
  const place = machine({ ALIBABA_CLOUD_ECS_METADATA_DISABLED: 'true' });
  place.write('.aliyun/config.json', `{"current": "a", "profiles": [{"access_key_secret": "${SECRET}"`);
  const official = await askOfficialPackage(place, '1');
  expect(official.messages.join('\n')).toContain(SECRET);

  const error = await rejection(defaultCredentials({ host: place.host }));
  expect(error.message).toContain('config.json, line 1: is not JSON');
  expect(everythingOf(error)).not.toContain(SECRET);
});

it('keeps the secrets of a useless answer out of the error, where the official package shows them', async () => {
  const { origin } = await serve(() => ({
    json: { AccessKeyId: 'a', AccessKeySecret: SECRET, Expiration: START },
  }));
  const place = machine();
  const official = await askOfficialPackage(place, '1', origin);
  expect(official.messages.join('\n')).toContain(SECRET);

  const error = await rejection(credentialsUri(origin, { host: place.host }));
  expect(everythingOf(error)).not.toContain(SECRET);
});
