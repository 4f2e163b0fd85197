import { listVulnerabilities, pinReference } from '@describe-image/core/images';
import type { IDataObject } from 'n8n-workflow';
import { nameOf } from './digest-operations.ts';
import { readImage } from './image-fields.ts';
import { toJson } from './image-json.ts';
import { type ImageOperation, readSimplify } from './image-operation.ts';
import { readVulnerabilityFilter } from './vulnerability-filter.ts';

/** Gets the vulnerabilities of an image, the most urgent first. */
export const getVulnerabilities: ImageOperation = async (item) => {
  const { node, call, itemIndex, options } = item;
  const target = readImage(node, itemIndex);
  const { regionId, instanceId, repoId } = options;
  const query =
    typeof target === 'string' ? { reference: target, regionId, instanceId, repoId } : { ...target };
  const returnAll = node.getNodeParameter('returnAll', itemIndex, false) === true;
  const limit = returnAll ? undefined : Number(node.getNodeParameter('limit', itemIndex, 50));
  const filter = readVulnerabilityFilter(
    node.getNodeParameter('vulnerabilityFilters', itemIndex, {}) as IDataObject, // a collection
  );
  const list = listVulnerabilities(call, { ...query, ...filter }, { mostUrgentFirst: true, limit });
  const { subject, vulnerabilities, requestIds } = await list.all();
  const { digest, isLive, reference, image } = subject;
  const common = {
    image: nameOf(target),
    pinned: pinReference({ reference, image }, digest),
    digest,
    isLive,
    requestId: requestIds.at(-1),
  };
  return vulnerabilities.map((vulnerability) => {
    const { name, aliasName, cveIds, necessity, canFix, packages } = vulnerability;
    const json = readSimplify(item)
      ? {
          name,
          title: aliasName,
          cveIds,
          necessity,
          fixable: canFix,
          packages: packages.map(({ name: packageName, version }) =>
            [packageName, version].filter(Boolean).join(' '),
          ),
          ...common,
        }
      : { ...vulnerability, ...common };
    return { lead: {}, json: toJson(json) };
  });
};
