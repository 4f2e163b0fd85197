import {
  createEmulator,
  demoCredentials,
  type Emulator,
  type EmulatorOptions,
} from '@describe-image/emulator';
import type { IDataObject } from 'n8n-workflow';
import { type Engine, startEngine } from './engine.mts';

type ImageIds = Readonly<Record<'regionId' | 'instanceId' | 'repoId', string>>;

/** Ids of the demo world's shop/checkout. */
export const CHECKOUT: ImageIds = {
  regionId: 'cn-hangzhou',
  instanceId: 'cri-3xk9v2m7q4wz8d1p',
  repoId: 'crr-a1c7e9k2m4p6r8t0',
};

/** Four resource locators, as the editor writes them. */
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

/** By reference, which may be an expression. */
export function reference(text: string): IDataObject {
  return { imageBy: 'reference', reference: text };
}

export interface Demo extends AsyncDisposable {
  readonly emulator: Emulator;
  readonly engine: Engine;
  /** The actions that the emulator was asked for since the last reset. */
  actions(): (string | undefined)[];
}

/** The emulator, and n8n's engine with a credential for it. */
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
