import type { ResolveImageOptions } from '@describe-image/core/images';
import type { Call } from '@describe-image/core/protocol';
import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import type { Judged } from '../gate/gate.ts';

/** The input item that an operation runs for. */
export interface ItemContext {
  readonly node: IExecuteFunctions;
  readonly call: Call;
  readonly itemIndex: number;
  /** What core requires of the digest, and how it narrows a reference. */
  readonly options: ResolveImageOptions;
}

/** One output item. */
export interface ImageResult {
  /** The fields that the next node usually needs. They are first since version 2 of the node. */
  readonly lead: IDataObject;
  readonly json: IDataObject;
  /** What a gate checks; absent for operations without a gate. */
  readonly judged?: Judged | undefined;
}

/** Runs one operation for an input item. */
export type ImageOperation = (item: ItemContext) => Promise<readonly ImageResult[]>;

/** Whether the output is simplified. */
export function readSimplify({ node, itemIndex }: ItemContext): boolean {
  return node.getNodeParameter('simplify', itemIndex, true) === true;
}
