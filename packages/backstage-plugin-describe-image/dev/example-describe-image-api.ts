import { type Entity, stringifyEntityRef } from '@backstage/catalog-model';
import { NotFoundError } from '@backstage/errors';
import {
  type EntityImages,
  type ImageHistory,
  type ImageOverview,
  type ImageReport,
  parseImageAnnotations,
  type RepositoryTags,
  type TagRow,
} from '@describe-image/backstage-plugin-describe-image-common';
import type {
  DescribeImageApi,
  ImageOverviewQuery,
  RepositoryTagsQuery,
} from '../src/api/describe-image-api.ts';
import { exampleEntities } from './example-entities.ts';
import { exampleDigest, exampleImages, minutesAgo } from './example-images.ts';
import { exampleOverview } from './example-overview.ts';

/** A back end in memory that returns the examples. */
export class ExampleDescribeImageApi implements DescribeImageApi {
  /** Reports by image key. Tests change them to simulate moved tags. */
  readonly images = new Map<string, ImageReport>(
    Object.values(exampleImages).map((image): [string, ImageReport] => [image.key, image]),
  );
  readonly #entities: readonly Entity[] = Object.values(exampleEntities);
  readonly #tagCount: number;

  /** @param options.tagCount - number of tags of each repository */
  constructor({ tagCount = 57 }: { tagCount?: number } = {}) {
    this.#tagCount = tagCount;
  }

  async getEntityImages(entityRef: string): Promise<EntityImages> {
    const entity = this.#entities.find((one) => stringifyEntityRef(one) === entityRef);
    if (entity === undefined) throw new NotFoundError(`no example entity "${entityRef}"`);
    const { images, faults } = parseImageAnnotations(entity);
    const known = images.flatMap(({ key }) => this.images.get(key) ?? []);
    return { entityRef, images: known, faults: [...faults] };
  }

  refreshEntityImages(entityRef: string): Promise<EntityImages> {
    for (const [key, image] of this.images) {
      const { live } = image;
      if (live !== undefined)
        this.images.set(key, { ...image, fromCache: false, live: { ...live, observedAt: minutesAgo(0) } });
    }
    return this.getEntityImages(entityRef);
  }

  async getImageHistory(entityRef: string, key: string): Promise<ImageHistory> {
    const [one, two, three] = ['5ca2', '11fe', 'beef'].map(exampleDigest) as [string, string, string];
    const day = 24 * 60;
    const live = (digest: string, from: number, to: number) => ({
      digest,
      source: 'DescribeImage' as const,
      firstSeenAt: minutesAgo(from * day),
      lastSeenAt: minutesAgo(to * day),
      observations: Math.round((from - to) * 24) + 1,
      requestId: '7B4D9A52-2F1C-5E0B-9C53-1D8A3E6F4B70',
    });
    return {
      entityRef,
      key,
      periods: [
        live(two, 6, 0),
        live(three, 15, 6.1),
        live(two, 24, 15.1),
        { ...live(two, 5, 1), source: 'DescribeImageInstances' },
        { ...live(one, 30, 8), source: 'DescribeImageInstances' },
        live(one, 30, 24.1),
      ],
      moves: [
        { id: 'move-3', from: three, to: two, observedAt: minutesAgo(6 * day), movedBack: true },
        { id: 'move-2', from: two, to: three, observedAt: minutesAgo(15 * day), movedBack: false },
        { id: 'move-1', from: one, to: two, observedAt: minutesAgo(24 * day), movedBack: false },
      ],
      retentionDays: 365,
    };
  }

  async getRepositoryTags(query: RepositoryTagsQuery): Promise<RepositoryTags> {
    const { entityRef, key, search, sort, page, pageSize } = query;
    const all = Array.from({ length: this.#tagCount }, (_, index) => tagRow(index));
    const matching = all.filter(({ tag, digest }) => tag.includes(search) || digest?.includes(search));
    const column = sort.replace('-', '');
    const sorted = matching.sort((a, b) => {
      if (column === 'tag') return a.tag.localeCompare(b.tag, 'en', { numeric: true });
      if (column === 'risk') return a.risk.state.localeCompare(b.risk.state, 'en');
      return (a.updatedAt ?? '').localeCompare(b.updatedAt ?? '', 'en');
    });
    if (sort.startsWith('-')) sorted.reverse();
    return {
      entityRef,
      key,
      repository: key.slice(0, key.lastIndexOf(':')),
      tags: sorted.slice((page - 1) * pageSize, page * pageSize),
      page,
      pageSize,
      matching: matching.length,
      total: all.length,
      incomplete: search === 'incomplete',
      observedAt: minutesAgo(4),
    };
  }

  async getOverview(query: ImageOverviewQuery): Promise<ImageOverview> {
    return exampleOverview(this.images, query);
  }

  async exportOverview(query: ImageOverviewQuery): Promise<Blob> {
    const { rows } = exampleOverview(this.images, { ...query, page: 1, pageSize: Number.MAX_SAFE_INTEGER });
    const lines = rows.map(({ entityRef, image }) => `${image.state},${entityRef},${image.key}`);
    return new Blob([['state,entity,image', ...lines].join('\r\n')], { type: 'text/csv' });
  }
}

function tagRow(index: number): TagRow {
  const tag = `1.${Math.floor(index / 10)}.${index % 10}`;
  const states = ['clean', 'risky', 'unknown', 'stale'] as const;
  return {
    tag,
    digest: exampleDigest(`${(Math.floor(index / 2) + 0xa000).toString(16)}`),
    updatedAt: minutesAgo((100 - index) * 600),
    risk: {
      state: states[index % states.length] ?? 'unknown',
      reason: 'an example',
      vulnerabilities: index % 5,
    },
    deployed: index % 7 === 0,
    sharedWith: [`1.${Math.floor((index ^ 1) / 10)}.${(index ^ 1) % 10}`],
  };
}
