import {
  createEmulator,
  demoCredentials,
  type Emulator,
  type EmulatorOptions,
} from '@describe-image/emulator';
import type { IDataObject } from 'n8n-workflow';
import { type Engine, startEngine } from './engine.mts';

type ImageIds = Readonly<Record<'regionId' | 'instanceId' | 'repoId', string>>;

/** The IDs of shop/checkout in the emulator's demo data. */
export const CHECKOUT: ImageIds = {
  regionId: 'cn-hangzhou',
  instanceId: 'cri-3xk9v2m7q4wz8d1p',
  repoId: 'crr-a1c7e9k2m4p6r8t0',
};

/** Parameters that identify an image by IDs, as the editor stores them. */
export function ids(tag: string, { regionId, instanceId, repoId }: ImageIds = CHECKOUT): IDataObject {
  const locator = (value: string) => ({ __rl: true, mode: 'id', value });
  return {
    imageBy: 'ids',
    regionId: locator(regionId),
    instanceId: locator(instanceId),
    repoId: locator(repoId),
    tag: locator(tag),
  };
}

/** Parameters that identify an image by a reference or an expression. */
export function reference(text: string): IDataObject {
  return { imageBy: 'reference', reference: text };
}

export interface Demo extends AsyncDisposable {
  readonly emulator: Emulator;
  readonly engine: Engine;
  /** The actions of the requests since the last reset. */
  actions(): (string | undefined)[];
}

/** Starts the emulator and n8n's engine with a credential for it. */
export async function startDemo(credential: object = {}, options: EmulatorOptions = {}): Promise<Demo> {
  const emulator = await createEmulator(options);
  const engine = await startEngine({
    ...demoCredentials,
    site: 'custom',
    endpoint: emulator.url,
    ...credential,
  });
  return {
    emulator,
    engine,
    actions: () => emulator.requests.map(({ operation }) => operation),
    [Symbol.asyncDispose]: () => emulator.close(),
  };
}
