import {
  listImages,
  type Observation,
  observationOf,
  observationsOf,
  parseImageReference,
  resolveImage,
} from '@describe-image/core/images';
import { type Call, DescribeImageError, ValidationError } from '@describe-image/core/protocol';
import type { IPollFunctions } from 'n8n-workflow';
import { inBatches } from './in-batches.ts';
import { readFilter } from './read-filter.ts';

/** What a trigger watches: how to look at it, and a text that names it. */
export interface Watch {
  readonly watching: string;
  readonly look: (call: Call) => Promise<readonly Observation[]>;
}

/** @throws {ValidationError} naming the parameter that is empty or wrong. */
export function readWatch(node: IPollFunctions): Watch {
  switch (node.getNodeParameter('watch')) {
    case 'references': {
      const lines = String(node.getNodeParameter('references', '')).split('\n');
      const references = [...new Set(lines.map((line) => line.trim()).filter(Boolean))].sort();
      if (references.length === 0) throw new ValidationError('References: wanted at least one, got none');
      for (const reference of references) parseImageReference(reference);
      return { watching: JSON.stringify(['references', references]), look: lookAtReferences(references) };
    }
    case 'repository': {
      const { namespace, repository } = parseImageReference(String(node.getNodeParameter('repository', '')));
      return {
        watching: JSON.stringify(['repository', namespace, repository]),
        look: async (call) => {
          const filter = { repoName: repository, ...(namespace !== '' && { repoNamespace: namespace }) };
          const observations = observationsOf(await listImages(call, filter).all());
          // The service may match fuzzily.
          return observations.filter(
            ({ image }) =>
              image.repoName === repository && (namespace === '' || image.repoNamespace === namespace),
          );
        },
      };
    }
    default: {
      const filter = readFilter(node.getNodeParameter('filters', {}) as Parameters<typeof readFilter>[0]); // a collection
      return {
        watching: JSON.stringify(['filter', Object.entries(filter).sort()]),
        look: async (call) => observationsOf(await listImages(call, filter).all()),
      };
    }
  }
}

/** A reference without an image is no fault: the image may come. */
function lookAtReferences(references: readonly string[]): Watch['look'] {
  return async (call) => {
    const pace = { concurrency: 8, batchSize: Number.POSITIVE_INFINITY, intervalMs: 0 };
    const found = await inBatches(references.length, pace, async (index) => {
      const reference = references[index] ?? '';
      const resolved = await resolveImage(call, reference).then(
        (image) => ({ image }),
        (error: unknown) => ({ error }),
      );
      if ('image' in resolved) return [observationOf(resolved.image)];
      if (DescribeImageError.isInstance(resolved.error) && resolved.error.code === 'NotFound') return [];
      throw resolved.error;
    });
    return found.flat();
  };
}
