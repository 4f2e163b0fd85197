import type {
  ImageOverview,
  ImageReport,
  OverviewRow,
} from '@describe-image/backstage-plugin-describe-image-common';
import type { Instances } from '../clients/instance.ts';
import type { DeclaringEntity } from '../entities/entity-reader.ts';
import { ownerOf, systemOf } from '../entities/owner-of.ts';
import { nameOf } from '../history/image-identity.ts';
import type { ImageStore, StoredImage } from '../history/image-store.ts';
import { knownFromStore } from '../images/ask-image.ts';
import { unknownInstance } from '../images/failure-of.ts';
import { reportImage, reportUnknown } from '../images/report-image.ts';
import type { OverviewQuery } from './overview-query.ts';

/** The images of many entities as they were last seen. Nobody is asked but the database. */
export async function overview(
  { instances, store, now }: { instances: Instances; store: ImageStore; now: () => number },
  entities: readonly DeclaringEntity[],
  query: OverviewQuery,
): Promise<ImageOverview> {
  const report = await lastReports({ instances, store, now }, entities);
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
      clean: count(matching, ({ risk }) => risk?.state === 'clean'),
    },
    owners: distinct(rows.map(({ ownerRef }) => ownerRef)),
    systems: distinct(rows.map(({ systemRef }) => systemRef)),
    faults: entities.flatMap(({ entityRef, declaration }) =>
      declaration.faults.map((fault) => ({ ...fault, entityRef })),
    ),
  };
}

type Report = (declaring: DeclaringEntity, index: number) => ImageReport;

async function lastReports(
  { instances, store, now }: { instances: Instances; store: ImageStore; now: () => number },
  entities: readonly DeclaringEntity[],
): Promise<Report> {
  const identities = new Map<string, { instance: string; key: string }>();
  for (const { declaration } of entities) {
    const instance = instances.find(declaration.instance);
    if (instance === undefined) continue;
    for (const { key } of declaration.images)
      identities.set(nameOf({ instance: instance.name, key }), { instance: instance.name, key });
  }
  const stored = new Map<string, StoredImage>();
  for (const image of await store.latest([...identities.values()])) stored.set(nameOf(image.identity), image);

  return ({ declaration }, index) => {
    const declared = declaration.images[index];
    if (declared === undefined) throw new Error(`an entity has no image ${index}`);
    const instance = instances.find(declaration.instance);
    if (instance === undefined) {
      const nameless = { name: declaration.instance ?? '', consoleUrl: undefined };
      return reportUnknown(nameless, declared, unknownInstance(declaration.instance, new Date(now())));
    }
    const image = stored.get(nameOf({ instance: instance.name, key: declared.key }));
    if (image === undefined) return reportUnknown(instance, declared);
    return reportImage(instance, declared, { known: knownFromStore(image), fromCache: true }, image.failure);
  };
}

function rowsOf(declaring: DeclaringEntity, report: Report): OverviewRow[] {
  const { entity, entityRef, declaration } = declaring;
  const ownerRef = ownerOf(entity);
  const systemRef = systemOf(entity);
  return declaration.images.map((_, index) => ({
    entityRef,
    title: entity.metadata.title ?? entity.metadata.name,
    ...(ownerRef !== undefined && { ownerRef }),
    ...(systemRef !== undefined && { systemRef }),
    image: report(declaring, index),
  }));
}

function matches(
  { entityRef, title, ownerRef, systemRef, image }: OverviewRow,
  query: OverviewQuery,
): boolean {
  const { owner, system, search } = query;
  if (owner !== undefined && owner !== ownerRef) return false;
  if (system !== undefined && system !== systemRef) return false;
  const wanted = search.toLowerCase();
  const texts = [
    entityRef,
    title,
    image.key,
    image.label,
    image.repository,
    image.live?.digest,
    image.scanned?.digest,
  ];
  return texts.some((text) => text?.toLowerCase().includes(wanted));
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

/** Nobody has a verdict on what the tag points to. */
function isUnscanned({ risk }: ImageReport): boolean {
  return risk?.state !== 'risky' && risk?.state !== 'clean';
}

function count(rows: readonly OverviewRow[], fits: (image: ImageReport) => boolean): number {
  return rows.filter(({ image }) => fits(image)).length;
}

function distinct(refs: readonly (string | undefined)[]): string[] {
  return [...new Set(refs.filter((ref) => ref !== undefined))].sort();
}
