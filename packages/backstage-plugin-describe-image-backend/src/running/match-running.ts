import {
  type ImageReport,
  imageState,
  type RunningImage,
} from '@describe-image/backstage-plugin-describe-image-common';
import { parseImageReference } from '@describe-image/core/images';
import { DescribeImageError } from '@describe-image/core/protocol';
import type { RunningContainer, RunningContainers } from './running-containers.ts';

const MAX_PLACES = 20;

/** The name of an image. */
export interface ImageName {
  readonly repository: string;
  readonly tag?: string | undefined;
}

/**
 * Adds what runs to the reports on images of an entity. A container belongs to the image with its repository and tag, or without such an
 * image to all images with its repository, because another tag than the declared one can run.
 *
 * @param declared - The names of all images of the entity.
 */
export function withRunning(
  reports: readonly ImageReport[],
  running: RunningContainers,
  declared: readonly ImageName[],
  now: number,
): readonly ImageReport[] {
  const containers = running.containers.map((container) => {
    const names = container.images.flatMap((image) => parseName(image) ?? []);
    const runs = (image: ImageName): boolean =>
      names.some(({ repository }) => repository === publicRepository(image));
    const hasTag = ({ tag }: ImageName): boolean =>
      tag !== undefined && names.some((name) => name.tag === tag);
    return { container, runs, hasTag, isDeclared: declared.some((image) => runs(image) && hasTag(image)) };
  });
  return reports.map((report) => {
    const matching = containers.filter(
      ({ runs, hasTag, isDeclared }) => runs(report) && (!isDeclared || hasTag(report)),
    );
    const runningImage = runningImageOf(
      matching.map(({ container }) => container),
      running,
    );
    const drift = driftOf(report, runningImage);
    const changed = { ...report, running: runningImage, drift };
    return { ...changed, state: imageState(changed, now) };
  });
}

/** Removes where an image runs. */
export function withoutPlaces(report: ImageReport): ImageReport {
  if (report.running === undefined) return report;
  const digests = report.running.digests.map(({ places: _, ...digest }) => digest);
  return { ...report, running: { ...report.running, digests } };
}

function runningImageOf(
  containers: readonly RunningContainer[],
  { fault, observedAt }: RunningContainers,
): RunningImage {
  const byDigest = new Map<string | undefined, RunningContainer[]>();
  for (const container of containers) {
    const sharing = byDigest.get(container.digest);
    if (sharing === undefined) byDigest.set(container.digest, [container]);
    else sharing.push(container);
  }
  const digests = [...byDigest.values()].map((sharing): RunningImage['digests'][number] => {
    const digest = sharing[0]?.digest;
    const since = sharing.flatMap((container) => container.since ?? []).sort()[0];
    return {
      ...(digest !== undefined && { digest }),
      ...(since !== undefined && { since }),
      containers: sharing.length,
      places: sharing
        .slice(0, MAX_PLACES)
        .map(({ cluster, namespace, pod, container, since: startedAt }) => ({
          cluster,
          namespace,
          pod,
          container,
          ...(startedAt !== undefined && { since: startedAt }),
        })),
    };
  });
  return {
    state: fault === undefined ? (digests.length === 0 ? 'none' : 'running') : 'unknown',
    ...(fault !== undefined && { reason: fault }),
    observedAt: new Date(observedAt).toISOString(),
    digests,
  };
}

function driftOf(
  { drift, declared, live }: ImageReport,
  { state, digests }: RunningImage,
): ImageReport['drift'] {
  const expected = [declared, live?.digest].filter((digest) => digest !== undefined);
  const differs = digests.some(
    ({ digest }) => digest !== undefined && expected.some((other) => other !== digest),
  );
  if (drift === 'drift' || differs) return 'drift';
  if (state === 'none') return drift;
  // Unknown is not in agreement.
  if (state === 'unknown' || digests.some(({ digest }) => digest === undefined)) return 'unknown';
  return expected.length > 0 ? 'agree' : drift;
}

function publicRepository({ repository }: ImageName): string {
  return parseName(repository)?.repository ?? repository;
}

/** Repository with the public host of its registry, and tag. Nodes pull by the host inside the VPC. */
function parseName(text: string): ImageName | undefined {
  try {
    const { registry, namespace, repository, tag } = parseImageReference(text);
    const host = registry?.publicHost ?? registry?.host;
    return { repository: [host, namespace, repository].filter(Boolean).join('/'), tag };
  } catch (error) {
    if (!DescribeImageError.isInstance(error)) throw error;
    return undefined;
  }
}
