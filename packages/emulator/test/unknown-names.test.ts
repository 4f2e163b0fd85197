import { describe, expect, it } from 'vitest';
import { createEmulator, type EmulatorOptions, parseSeed } from '../src/index.ts';
import { OPERATION_NAMES } from '../src/operations/operation-names.ts';
import { OPERATIONS } from '../src/operations/operations.ts';
import { start } from './start.ts';

it('names every operation of the API', () => {
  const names: readonly string[] = OPERATION_NAMES;
  expect(names.slice(0, OPERATIONS.length).toSorted()).toEqual(OPERATIONS.map(({ name }) => name).toSorted());
});

describe('createEmulator', () => {
  it('rejects an unknown option and lists the known ones', async () => {
    const options: EmulatorOptions = Object({ ports: 4010 });
    await expect(createEmulator(options)).rejects.toThrow(
      'unknown option "ports": must be one of port, host, seed, clock,',
    );
  });

  it('accepts an option that is undefined', async () => {
    await using emulator = await createEmulator({ seed: undefined, clock: undefined });
    expect(emulator.port).toBeGreaterThan(0);
  });
});

describe('a seed', () => {
  it.each<[string, object, RegExp]>([
    [
      'a metadata role that it does not have',
      { metadata: { role: 'ghost' } },
      /metadata\.role: must be the name of a role/,
    ],
    [
      'a rate limit of an unknown operation',
      { throttle: { operations: { DescribeImages: 1 } } },
      /throttle\.operations/,
    ],
    ['a fault of an unknown operation', { faults: [{ operation: 'x', delayMs: 1 }] }, /faults\.0\.operation/],
  ])('is rejected with %s', (_what, seed, message) => {
    expect(() => parseSeed(seed)).toThrow(message);
  });

  it('accepts the role of its metadata in another case', () => {
    expect(parseSeed({ roles: [{ name: 'Reader' }], metadata: { role: 'reader' } }).metadata?.role).toBe(
      'reader',
    );
  });
});

describe('a running emulator', () => {
  it('rejects a metadata role that the seed does not have', async () => {
    await using emulator = await start({ roles: [{ name: 'reader' }] });
    expect(() => emulator.metadata.configure({ role: 'ghost' })).toThrow(
      'role: must be a role of the seed ("reader"), got "ghost"',
    );
    emulator.metadata.configure({ role: 'reader' });
    expect(emulator.metadata.settings.role).toBe('reader');
  });

  it.each<[string, object, RegExp]>([
    ['a step that is not a duration', { step: 'soon' }, /^scan\.step: must be a duration/],
    ['a step of no time', { step: '0s' }, /^scan\.step: .*above 0/],
    ['an unknown state', { haltAt: 'NOWHERE' }, /^scan\.haltAt/],
    [
      'a state that it does not reach',
      { result: 'FAIL', haltAt: 'BIN_ANALYZER' },
      /^scan\.haltAt: a scan that fails/,
    ],
    ['an unknown member', { vulnerabilites: 1 }, /^scan: .*vulnerabilites/],
  ])('rejects a scan with %s', async (_what, scan, message) => {
    await using emulator = await start();
    expect(() => emulator.state.startScan({ tag: '1.0' }, scan)).toThrow(message);
    expect(emulator.state.images()[0]?.scanStatus).toBeUndefined();
  });
});
