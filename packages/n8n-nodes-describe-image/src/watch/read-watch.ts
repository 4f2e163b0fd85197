import {
  listImages,
  type ObservedDigests,
  observeImage,
  observeListing,
  parseImageReference,
} from '@describe-image/core/images';
import { type Call, NotFoundError, ValidationError } from '@describe-image/core/protocol';
import type { IPollFunctions } from 'n8n-workflow';
import { runInBatches } from '../batching.ts';
import { readFilter } from '../image/image-filter.ts';

/** The images that a trigger watches. */
export interface Watch {
  /** Identifies the watched images. The stored state is valid for the same key only. */
  readonly key: string;
  readonly observe: (call: Call) => Promise<readonly ObservedDigests[]>;
}

const REFERENCE_CONCURRENCY = 8;

/** @throws {ValidationError} naming the parameter that is empty or invalid. */
export function readWatch(node: IPollFunctions): Watch {
  switch (node.getNodeParameter('watch')) {
    case 'references':
      return watchReferences(String(node.getNodeParameter('references', '')));
    case 'repository':
      return watchRepository(String(node.getNodeParameter('repository', '')));
    default: {
      const filter = readFilter(node.getNodeParameter('filters', {}) as Parameters<typeof readFilter>[0]); // a collection
      return {
        key: JSON.stringify(['filter', Object.entries(filter).sort()]),
        observe: async (call) => observeListing(await listImages(call, filter).all()),
      };
    }
  }
}

function watchReferences(text: string): Watch {
  const lines = text.split('\n').map((line) => line.trim());
  const references = [...new Set(lines.filter(Boolean))].sort();
  if (references.length === 0)
    throw new ValidationError('References: must contain at least one reference, got none');
  for (const reference of references) parseImageReference(reference);
  const batching = { concurrency: REFERENCE_CONCURRENCY, batchSize: Number.POSITIVE_INFINITY, intervalMs: 0 };
  return {
    key: JSON.stringify(['references', references]),
    observe: async (call) =>
      (
        await runInBatches(references.length, batching, (index) =>
          observeReference(call, references[index] ?? ''),
        )
      ).flat(),
  };
}

/** Returns nothing for an image that does not exist, because it may be pushed later. */
async function observeReference(call: Call, reference: string): Promise<ObservedDigests[]> {
  const observed = await observeImage(call, reference).catch((error: unknown) =>
    NotFoundError.isInstance(error) ? undefined : Promise.reject(error),
  );
  return observed === undefined ? [] : [observed];
}

function watchRepository(text: string): Watch {
  const { namespace, repository } = parseImageReference(text);
  return {
    key: JSON.stringify(['repository', namespace, repository]),
    observe: async (call) => {
      const filter = { repoName: repository, ...(namespace !== '' && { repoNamespace: namespace }) };
      const images = observeListing(await listImages(call, filter).all());
      // The service may also return repositories with similar names.
      return images.filter(
        ({ image }) =>
          image?.repoName === repository && (namespace === '' || image.repoNamespace === namespace),
      );
    },
  };
}
