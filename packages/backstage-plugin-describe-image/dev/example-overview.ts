import { stringifyEntityRef } from '@backstage/catalog-model';
import {
  compareImageStates,
  IMAGE_STATES,
  type ImageOverview,
  type ImageReport,
  imageOverviewSchema,
  parseImageAnnotations,
} from '@describe-image/backstage-plugin-describe-image-common';
import type { ImageOverviewQuery } from '../src/api/describe-image-api.ts';
import { exampleEntities } from './example-entities.ts';
import { minutesAgo } from './example-images.ts';

type Row = ImageOverview['rows'][number];

/** Filters and pages the images of all example entities, as the back end does. */
export function exampleOverview(
  images: ReadonlyMap<string, ImageReport>,
  query: ImageOverviewQuery,
): ImageOverview {
  const { owner, system, repository, state, search = '', page, pageSize } = query;
  const entities = Object.values(exampleEntities).map((entity) => ({
    ...parseImageAnnotations(entity),
    entityRef: stringifyEntityRef(entity),
    title: entity.metadata.name,
    ownerRef: `group:default/${entity.spec?.['owner']}`,
    systemRef: `system:default/${entity.spec?.['system']}`,
  }));
  const isMatch = (entity: Pick<Row, 'ownerRef' | 'systemRef'>, text: string): boolean =>
    (!owner || entity.ownerRef === owner) &&
    (!system || entity.systemRef === system) &&
    text.includes(search);

  const all = entities.flatMap(({ images: declared, faults: _, ...entity }): Row[] =>
    declared.flatMap(({ key }) => {
      const image = images.get(key);
      return image === undefined ? [] : [{ ...entity, image }];
    }),
  );
  const counted = all.filter(
    (row) =>
      isMatch(row, `${row.title} ${row.image.key}`) && (!repository || row.image.repository === repository),
  );
  const rows = counted
    .filter(({ image }) => !state || image.state === state)
    .sort((a, b) => compareImageStates(a.image.state, b.image.state));
  const faults = entities.flatMap(({ images: _, faults: found, ...entity }) =>
    found
      .filter(({ text }) => isMatch(entity, `${entity.title} ${text}`))
      .map((fault) => ({ ...entity, ...fault })),
  );
  const counts = IMAGE_STATES.map((name) => [
    name,
    counted.filter(({ image }) => image.state === name).length,
  ]);
  return {
    rows: rows.slice((page - 1) * pageSize, page * pageSize),
    page,
    pageSize,
    matching: rows.length,
    total: all.length,
    counts: imageOverviewSchema.shape.counts.parse(Object.fromEntries(counts)),
    owners: related(all.map(({ ownerRef }) => ownerRef)),
    systems: related(all.map(({ systemRef }) => systemRef)),
    repositories: [...new Set(all.map(({ image }) => image.repository))].sort(),
    faults,
    faultCount: faults.length,
    entitiesReadAt: minutesAgo(0),
  };
}

function related(refs: readonly (string | undefined)[]): ImageOverview['owners'] {
  const known = refs.filter((ref) => ref !== undefined);
  return [...new Set(known)].sort().map((ref) => ({ ref, displayName: displayNameOf(ref) }));
}

/** `group:default/team-shop` becomes `Team Shop`. */
function displayNameOf(ref: string): string {
  const words = ref.replace(/^.*\//, '').split('-');
  return words.map((word) => `${word.charAt(0).toUpperCase()}${word.slice(1)}`).join(' ');
}
