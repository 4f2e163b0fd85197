import type { Call } from '@describe-image/core/protocol';
import { NotFoundError, UnverifiedError } from '@describe-image/core/protocol';
import { type IDataObject, type IExecuteFunctions, NodeOperationError } from 'n8n-workflow';
import { type Block, BlockedError, findBlock, type Gate, readGate } from '../gate/gate.ts';
import { nameOf, unknownLead } from './digest-operations.ts';
import { readImage } from './image-fields.ts';
import { toJson } from './image-json.ts';
import type { ImageOperation, ImageResult } from './image-operation.ts';
import { IMAGE_OPERATIONS } from './image-operations.ts';
import { readImageOptions } from './image-options.ts';

/** An output item, and whether a gate blocks it. */
export interface ItemOutput {
  readonly json: IDataObject;
  readonly isBlocked: boolean;
}

/** Runs the operation of an input item and decides which of its outputs pass. */
export async function runItem(
  node: IExecuteFunctions,
  call: Call,
  itemIndex: number,
): Promise<readonly ItemOutput[]> {
  const operation = IMAGE_OPERATIONS.get(node.getNodeParameter('operation', itemIndex));
  if (operation === undefined) return [];
  const gate = readGate(node, itemIndex);
  const item = { node, call, itemIndex, options: readImageOptions(node, itemIndex, gate?.demands) };
  if (gate !== undefined) return [await runGated(operation, item, gate)];
  const results = await operation(item);
  return results.map((result) => ({ json: jsonOf(node, result), isBlocked: false }));
}

type Item = Parameters<ImageOperation>[0];

function runGated(operation: ImageOperation, item: Item, gate: Gate): Promise<ItemOutput> {
  const target = nameOf(readImage(item.node, item.itemIndex));
  const judged = judge(operation, item, gate, target);
  return gate.hasOutputs
    ? judged.catch((error: unknown) => blockedByError(operation, item, gate, target, error))
    : judged;
}

async function judge(operation: ImageOperation, item: Item, gate: Gate, target: string): Promise<ItemOutput> {
  const [result] = await operation(item);
  if (result?.judged === undefined)
    throw new NodeOperationError(item.node.getNode(), 'This operation has no gate', {
      itemIndex: item.itemIndex,
    });
  const block = await findBlock(gate, result.judged);
  if (block === undefined || gate.hasOutputs) return gatedOutput(gate, result, block);
  const { requestId } = result.json;
  throw new BlockedError(block, {
    target,
    requestId: typeof requestId === 'string' ? requestId : undefined,
  });
}

/** Blocks an item that core rejects because of its digest. Any other error is thrown again. */
async function blockedByError(
  operation: ImageOperation,
  item: Item,
  gate: Gate,
  target: string,
  error: unknown,
): Promise<ItemOutput> {
  if (UnverifiedError.isInstance(error)) {
    // Equal calls are shared, so the same answers are read again without a request.
    const options = { ...item.options, requireLive: false, requireScanned: false };
    const [result] = await operation({ ...item, options }).catch(() => []);
    const block: Block = { by: error.demand, reason: error.message };
    return gatedOutput(gate, result ?? missing(target, error.requestId), block);
  }
  if (!NotFoundError.isInstance(error)) throw error;
  return gatedOutput(gate, missing(target, error.requestId, error.lastKnown), {
    by: 'notFound',
    reason: error.message,
  });
}

function gatedOutput({ hasOutputs }: Gate, { lead, json }: ImageResult, block?: Block): ItemOutput {
  if (!hasOutputs) return { json: { ...lead, ...json }, isBlocked: false };
  const verdict = {
    gate: block === undefined ? 'pass' : 'block',
    blockedBy: block?.by ?? null,
    blockReason: block?.reason ?? null,
  };
  return { json: { ...lead, ...verdict, ...json, ...verdict }, isBlocked: block !== undefined };
}

function missing(image: string, requestId: string | undefined, lastKnown?: object): ImageResult {
  const lead = unknownLead(lastKnown === undefined ? 'unknown' : 'missing');
  return { lead, json: toJson({ image, lastKnown, requestId }) };
}

/** Version 1 of the node returns the fields in another order and without some of them. */
function jsonOf(node: IExecuteFunctions, { lead, json }: ImageResult): IDataObject {
  return node.getNode().typeVersion < 2 ? json : { ...lead, ...json };
}
