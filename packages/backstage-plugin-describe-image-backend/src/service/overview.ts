import type {
  DeclaredImage,
  ImageOverview,
  ImageReport,
  OverviewRow,
} from '@describe-image/backstage-plugin-describe-image-common';
import { declaredIdentities } from '../entities/declared-identities.ts';
import type { DeclaringEntity } from '../entities/entity-reader.ts';
import { ownerOf, systemOf } from '../entities/relations.ts';
import { knownFromStore } from '../images/known-images.ts';
import {
  reportImage,
  reportUnknown,
  reportWithoutInstance,
  type VerificationLimit,
} from '../images/report-image.ts';
import type { Instances } from '../instances/open-instances.ts';
import { nameOf } from '../store/image-identity.ts';
import type { ImageStore, StoredImage } from '../store/image-store.ts';
import type { OverviewQuery } from './queries.ts';

/** What {@link overview} needs. */
interface OverviewOptions extends VerificationLimit {
  readonly instances: Instances;
  readonly store: ImageStore;
}

/** Reports the last known state of the images of many entities. Reads only the database. */
export async function overview(
  options: OverviewOptions,
  entities: readonly DeclaringEntity[],
  query: OverviewQuery,
): Promise<ImageOverview> {
  const report = await readReports(options, entities);
  const rows = entities.flatMap((declaring) => rowsOf(declaring, report));
  const matching = rows.filter((row) => matches(row, query)).sort(compareRows);
  const { page, pageSize } = query;
  return {
    rows: matching.slice((page - 1) * pageSize, page * pageSize),
    page,
    pageSize,
    matching: matching.length,
    total: rows.length,
    counts: {
      drift: count(matching, ({ drift }) => drift === 'drift'),
      failed: count(matching, ({ failure }) => failure !== undefined),
      unscanned: count(matching, isUnscanned),
      risky: count(matching, ({ risk }) => risk?.state === 'risky'),
      clean: count(matching, ({ state }) => state === 'clean'),
    },
    owners: distinct(rows.map(({ ownerRef }) => ownerRef)),
    systems: distinct(rows.map(({ systemRef }) => systemRef)),
    faults: entities.flatMap(({ entityRef, declaration }) =>
      declaration.faults.map((fault) => ({ ...fault, entityRef })),
    ),
  };
}

type Report = (declaring: DeclaringEntity, declared: DeclaredImage) => ImageReport;

/** Reads the stored states of all images at once. */
async function readReports(
  { instances, store, ...limit }: OverviewOptions,
  entities: readonly DeclaringEntity[],
): Promise<Report> {
  const stored = new Map<string, StoredImage>();
  for (const image of await store.latest(declaredIdentities(instances, entities)))
    stored.set(nameOf(image.identity), image);

  return ({ declaration }, declared) => {
    const instance = instances.find(declaration.instance);
    if (instance === undefined) return reportWithoutInstance(declaration, declared, limit);
    const image = stored.get(nameOf({ instance: instance.name, key: declared.key }));
    if (image === undefined) return reportUnknown(instance, declared, limit);
    const known = { known: knownFromStore(image), fromCache: true };
    return reportImage(instance, declared, known, limit);
  };
}

function rowsOf(declaring: DeclaringEntity, report: Report): OverviewRow[] {
  const { entity, entityRef, declaration } = declaring;
  const ownerRef = ownerOf(entity);
  const systemRef = systemOf(entity);
  return declaration.images.map((declared) => ({
    entityRef,
    title: entity.metadata.title ?? entity.metadata.name,
    ...(ownerRef !== undefined && { ownerRef }),
    ...(systemRef !== undefined && { systemRef }),
    image: report(declaring, declared),
  }));
}

function matches(
  { entityRef, title, ownerRef, systemRef, image }: OverviewRow,
  query: OverviewQuery,
): boolean {
  const { owner, system, search } = query;
  if (owner !== undefined && owner !== ownerRef) return false;
  if (system !== undefined && system !== systemRef) return false;
  const searched = search.toLowerCase();
  const texts = [
    entityRef,
    title,
    image.key,
    image.label,
    image.repository,
    image.live?.digest,
    image.scanned?.digest,
  ];
  return texts.some((text) => text?.toLowerCase().includes(searched));
}

function compareRows(a: OverviewRow, b: OverviewRow): number {
  return (
    rank(a.image) - rank(b.image) ||
    a.title.localeCompare(b.title, 'en') ||
    a.image.key.localeCompare(b.image.key, 'en')
  );
}

function rank(image: ImageReport): number {
  if (image.drift === 'drift' || image.failure !== undefined) return 0;
  if (isUnscanned(image)) return 1;
  return image.risk?.state === 'risky' ? 2 : 3;
}

/** There is no scan result for the digest that the tag points to. */
function isUnscanned({ risk }: ImageReport): boolean {
  return risk?.state !== 'risky' && risk?.state !== 'clean';
}

function count(rows: readonly OverviewRow[], predicate: (image: ImageReport) => boolean): number {
  return rows.filter(({ image }) => predicate(image)).length;
}

function distinct(refs: readonly (string | undefined)[]): string[] {
  return [...new Set(refs.filter((ref) => ref !== undefined))].sort();
}
