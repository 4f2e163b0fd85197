import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { childEnvironment, isWritable } from './environment.mjs';

const options = { bin: '/bin', spareHome: join(tmpdir(), 'unused'), writable: () => true };

describe('childEnvironment', () => {
  it('drops the variables of `npm run`, which a nested npm would read as its own', () => {
    const dropped = {
      npm_lifecycle_event: 'demo',
      npm_package_name: 'x',
      npm_execpath: '/npm-cli.js',
      npm_command: 'run',
      INIT_CWD: '/elsewhere',
      NODE: '/usr/bin/node',
    };
    const child = childEnvironment({ HOME: '/h', ...dropped }, options);
    for (const name of Object.keys(dropped)) expect(child).not.toHaveProperty(name);
  });

  it.each([
    'prefix',
    'local_prefix',
    'global',
    'omit',
    'dry_run',
    'ignore_scripts',
    'workspace',
    'loglevel',
    'json',
  ])('drops the setting %s, which changes an installation', (setting) => {
    expect(childEnvironment({ [`npm_config_${setting}`]: 'true' }, options)).not.toHaveProperty(
      `npm_config_${setting}`,
    );
  });

  it.each(['registry', 'cafile', 'https_proxy', 'userconfig', '@acme:registry', '//host/:_authToken'])(
    'keeps the setting %s, which may be needed to reach the registry',
    (setting) => {
      expect(childEnvironment({ [`npm_config_${setting}`]: 'value' }, options)).toHaveProperty(
        [`npm_config_${setting}`],
        'value',
      );
    },
  );

  it('drops empty settings, such as `noproxy`', () => {
    expect(childEnvironment({ npm_config_noproxy: '' }, options)).not.toHaveProperty('npm_config_noproxy');
  });

  it('drops NODE_ENV, because installers leave out development dependencies in production', () => {
    expect(childEnvironment({ NODE_ENV: 'production' }, options)).not.toHaveProperty('NODE_ENV');
  });

  it('keeps other variables and puts a folder in front of PATH', () => {
    const child = childEnvironment({ HOME: '/h', LANG: 'C', PATH: '/usr/bin' }, options);
    expect(child).toMatchObject({ HOME: '/h', LANG: 'C', PATH: '/bin:/usr/bin' });
  });

  it.each([
    ['is missing', {}],
    ['cannot be written to', { HOME: '/nonexistent', npm_config_cache: '/nonexistent/.npm' }],
  ])('replaces a home that %s by one inside the checkout', (_sentence, env) => {
    const spareHome = join(mkdtempSync(join(tmpdir(), 'home-')), 'home');
    const child = childEnvironment(env, { bin: '/bin', spareHome, writable: () => false });
    expect(child['HOME']).toBe(spareHome);
    expect(child).not.toHaveProperty('npm_config_cache');
    expect(isWritable(spareHome)).toBe(true);
  });

  it('disables telemetry', () => {
    expect(childEnvironment({}, options)).toMatchObject({ TURBO_TELEMETRY_DISABLED: '1', DO_NOT_TRACK: '1' });
  });

  it('keeps resolver options of the user', () => {
    expect(childEnvironment({ RES_OPTIONS: 'timeout:9' }, options)['RES_OPTIONS']).toBe('timeout:9');
  });
});

describe('isWritable', () => {
  it('checks the nearest existing parent of a missing folder', () => {
    expect(isWritable(join(mkdtempSync(join(tmpdir(), 'writable-')), 'a', 'b'))).toBe(true);
  });
});
