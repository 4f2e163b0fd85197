import type { Call } from '@describe-image/core/protocol';
import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

/** One operation on the input item `itemIndex`: the outputs it gives. */
export type ImageOperation = (
  node: IExecuteFunctions,
  call: Call,
  itemIndex: number,
) => Promise<readonly IDataObject[]>;
