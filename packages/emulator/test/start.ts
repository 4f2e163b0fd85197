import {
  createEmulator,
  type Emulator,
  type EmulatorOptions,
  type Seed,
  type SeedRegistry,
  type SeedTag,
} from '../src/index.ts';
import { NOW, type SignOptions, signAcs3, signRpc } from './sign.ts';
import { sendRaw, type WireAnswer, type WireMessage } from './wire.ts';

export const DIGEST_A: string = 'a'.repeat(64);
export const DIGEST_B: string = 'b'.repeat(64);

/** The four ids of the image in the test seed. */
export const IMAGE: Readonly<Record<string, string>> = {
  ImageRegionId: 'cn-hangzhou',
  ImageInstanceId: 'cri-test',
  ImageRepoId: 'crr-test',
  ImageTag: '1.0',
};

/** One registry with the repository of {@link IMAGE} and these tags. */
export function registriesWith(...tags: SeedTag[]): SeedRegistry[] {
  const repository = { repoId: 'crr-test', namespace: 'shop', name: 'checkout', tags };
  return [{ regionId: 'cn-hangzhou', instanceId: 'cri-test', repositories: [repository] }];
}

export const testSeed: Seed = {
  name: 'test',
  keys: [{ accessKeyId: 'testid', accessKeySecret: 'testsecret' }],
  registries: registriesWith({ tag: '1.0', history: [{ at: '-1d', digest: DIGEST_A }] }),
};

/** Starts an emulator with the test seed and a clock that is frozen at {@link NOW}. */
export function start(seed: Seed = {}, options: EmulatorOptions = {}): Promise<Emulator> {
  return createEmulator({ clock: NOW, seed: { ...testSeed, ...seed }, ...options });
}

/** An answer with its parsed JSON document. */
export interface DocumentAnswer extends WireAnswer {
  // biome-ignore lint/suspicious/noExplicitAny: tests look into documents of every shape.
  readonly document: any;
}

export async function send(emulator: Emulator, message: WireMessage): Promise<DocumentAnswer> {
  const answer = await sendRaw(emulator.port, message);
  return { ...answer, document: JSON.parse(answer.body) };
}

/** Calls an operation, signed with ACS3. */
export function call(
  emulator: Emulator,
  parameters: Readonly<Record<string, string>> = IMAGE,
  options: SignOptions = {},
): Promise<DocumentAnswer> {
  return send(emulator, signAcs3(parameters, { date: emulatorTime(emulator), ...options }));
}

/** Calls an operation, signed with the older RPC scheme. */
export function callRpc(
  emulator: Emulator,
  parameters: Readonly<Record<string, string>> = IMAGE,
  options: SignOptions = {},
): Promise<DocumentAnswer> {
  return send(emulator, signRpc(parameters, { date: emulatorTime(emulator), ...options }));
}

/** The rows of DescribeImageInstances. */
export async function listRows(
  emulator: Emulator,
  parameters: Readonly<Record<string, string>> = {},
): Promise<Record<string, unknown>[]> {
  const answer = await call(emulator, parameters, { action: 'DescribeImageInstances' });
  if (answer.status !== 200) throw new Error(answer.body);
  return answer.document.ImageInstanceList;
}

/** The emulator's time in the format of requests. */
export function emulatorTime({ clock }: Emulator): string {
  return `${new Date(clock.now()).toISOString().slice(0, 19)}Z`;
}
