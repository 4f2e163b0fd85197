import type { Call } from '@describe-image/core';

/** A configured account, ready to be asked. */
export interface Instance {
  readonly name: string;
  readonly call: Call;
  /** Where its images are looked at in the vendor's console. */
  readonly consoleUrl: string | undefined;
}

/** The configured accounts. */
export interface Instances {
  /** By name, or the first one; `undefined` when there is none such. */
  find(name: string | undefined): Instance | undefined;
  readonly all: readonly Instance[];
  /** Lets go of all sockets. */
  close(): void;
}
