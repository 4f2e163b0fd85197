import { InputError } from '@backstage/errors';
import {
  type DeclaredImage,
  describeImageReferenceReadPermission,
  type ImageDeclaration,
  type ImageFailure,
} from '@describe-image/backstage-plugin-describe-image-common';
import { parseImageReference, pinReference, resolveImage, verifyImage } from '@describe-image/core/images';
import { DescribeImageError, normalizeDigest } from '@describe-image/core/protocol';
import { withDeadline } from '../deadline.ts';
import {
  type DeclaringEntity,
  type EntityReader,
  findDeclared,
  findOnlyDeclared,
} from '../entities/entity-reader.ts';
import { failureOf, isExpected, missedDeadline, missingDigest, unknownInstance } from '../images/failures.ts';
import type { LookUpImage } from '../images/look-up-image.ts';
import { reportImages, type VerificationLimit } from '../images/report-image.ts';
import type { Instance, Instances } from '../instances/open-instances.ts';
import type { Overview } from '../overview/overview.ts';
import { withoutPlaces } from '../running/match-running.ts';
import type { MayReadPlaces } from '../running/may-read-places.ts';
import type { RunningImages } from '../running/running-images.ts';
import type { ImageStore } from '../store/image-store.ts';
import type { ImageService, VerifiedImage } from './image-service.ts';
import type { ListRepository } from './list-repository.ts';
import { pageTags } from './page-tags.ts';
import { ServiceFailure } from './service-failure.ts';

/** What {@link createImageService} needs. */
export interface ImageServiceOptions extends VerificationLimit {
  readonly entities: EntityReader;
  readonly instances: Instances;
  readonly lookUpImage: LookUpImage;
  readonly running: Pick<RunningImages, 'add'>;
  readonly mayReadPlaces: MayReadPlaces;
  readonly listRepository: ListRepository;
  readonly store: ImageStore;
  readonly overview: Overview;
  readonly retentionDays: number;
  /** After this time, a page is returned without the accounts that did not respond. */
  readonly pageDeadlineMs: number;
  /** Called with every failure that is returned to a caller, except those from the cache. */
  readonly onFailure: (instance: string, failure: ImageFailure) => void;
}

/** Creates the operations behind routes and actions. */
export function createImageService(options: ImageServiceOptions): ImageService {
  const { entities, instances, lookUpImage, listRepository, store, retentionDays, now, onFailure } = options;
  const { running, mayReadPlaces, overview, liveCheckMaxAgeMs, pageDeadlineMs } = options;

  return {
    async images({ entityRef, credentials, refresh }) {
      const declaring = await entities.read(entityRef, credentials);
      const reports = await running.add(declaring, report(declaring, { refresh }), refresh);
      const isRunning = reports.some((image) => image.running !== undefined);
      const mayReadAll = !isRunning || (await mayReadPlaces(credentials));
      return {
        entityRef: declaring.entityRef,
        images: reports.map((image) => (mayReadAll ? image : withoutPlaces(image))),
        faults: [...declaring.declaration.faults],
      };
    },

    async history({ entityRef, credentials, image, limit }) {
      const declaring = await entities.read(entityRef, credentials);
      const { key } = findDeclared(declaring, image);
      const { name } = instanceOf(declaring);
      const { periods, moves } = await store.history({ instance: name, key }, limit);
      return { entityRef: declaring.entityRef, key, periods: [...periods], moves: [...moves], retentionDays };
    },

    async tags({ entityRef, credentials, image, ...query }) {
      const declaring = await entities.read(entityRef, credentials);
      const declared = findDeclared(declaring, image);
      const instance = instanceOf(declaring);
      const listed = await requiring(instance, () =>
        withDeadline(listRepository(instance, declared), pageDeadlineMs, () => {
          const failure = missedDeadline(instance.name, pageDeadlineMs, new Date(now()));
          onFailure(instance.name, failure);
          return new ServiceFailure(failure);
        }),
      );
      const { repository, incomplete, observedAt, requestId } = listed;
      return {
        entityRef: declaring.entityRef,
        key: declared.key,
        repository,
        ...pageTags(listed, query),
        incomplete,
        observedAt,
        ...(requestId !== undefined && { requestId }),
      };
    },

    async overview(request) {
      await entities.authorize(request.credentials);
      return overview.page(request);
    },

    async overviewRows(request) {
      await entities.authorize(request.credentials);
      return overview.rows(request);
    },

    async verify({ entityRef, credentials, image, expected }) {
      const declaring = await entities.read(entityRef, credentials);
      const declared = findOnlyDeclared(declaring, image);
      const { key, target } = declared;
      const digest = expectedDigest(declaring, declared, expected);
      const instance = instanceOf(declaring);
      const { outcome, ...found } = await requiring(instance, () =>
        verifyImage(instance.call, target, digest),
      );
      const { actual, source, observedAt, requestId } = found;
      return {
        key,
        outcome,
        expected: found.expected,
        ...(actual !== undefined && { actual }),
        ...(source !== undefined && { source }),
        ...(observedAt !== undefined && { observedAt: observedAt.toISOString() }),
        ...(requestId !== undefined && { requestId }),
      } satisfies VerifiedImage;
    },

    async pin({ entityRef, credentials, image }) {
      const declaring = await entities.read(entityRef, credentials);
      const declared = findOnlyDeclared(declaring, image);
      const [found] = await report(declaring, { refresh: false, images: [declared] });
      const observation = found?.live ?? found?.scanned;
      // An earlier digest that could not be confirmed must not be deployed.
      if (found?.failure !== undefined) throw new ServiceFailure(found.failure);
      if (found?.pinned === undefined || observation === undefined)
        throw new ServiceFailure(missingDigest(new Date(now())));
      return { key: declared.key, pinned: found.pinned, ...observation };
    },

    async pinReference({ credentials, reference, instance: name }) {
      await entities.authorize(credentials, describeImageReferenceReadPermission);
      const instance = instanceOf({ declaration: name === undefined ? {} : { instance: name } });
      const resolved = await requiring(instance, () => resolveImage(instance.call, tagged(reference)));
      const { digest, source, observedAt, requestId } = resolved;
      const pinned = pinReference(resolved, digest);
      if (pinned === undefined) throw new ServiceFailure(missingDigest(new Date(now())));
      return {
        pinned,
        digest,
        source,
        observedAt: observedAt.toISOString(),
        ...(requestId !== undefined && { requestId }),
      };
    },
  };

  async function report(
    declaring: DeclaringEntity,
    options: { readonly refresh: boolean; readonly images?: readonly DeclaredImage[] },
  ) {
    const images = await reportImages(
      { instances, lookUpImage, now, liveCheckMaxAgeMs, pageDeadlineMs },
      declaring.declaration,
      options,
    );
    // A missed deadline comes with the last known state, but is new.
    for (const { instance, failure, fromCache } of images)
      if (failure !== undefined && (!fromCache || failure.kind === 'deadline')) onFailure(instance, failure);
    return images;
  }

  function instanceOf({
    declaration,
  }: {
    readonly declaration: Pick<ImageDeclaration, 'instance'>;
  }): Instance {
    const instance = instances.find(declaration.instance);
    if (instance !== undefined) return instance;
    throw new ServiceFailure(unknownInstance(declaration.instance, new Date(now())));
  }

  /** Runs a request whose failure fails the whole operation. */
  async function requiring<Result>(instance: Instance, send: () => Promise<Result>): Promise<Result> {
    try {
      return await send();
    } catch (error) {
      if (!isExpected(error)) throw error;
      const failure = failureOf(error, new Date(now()));
      onFailure(instance.name, failure);
      throw new ServiceFailure(failure);
    }
  }
}

/** @throws InputError when the digest is neither given nor declared, or is not a digest. */
function expectedDigest(
  { entityRef }: DeclaringEntity,
  { key, declaredDigest }: DeclaredImage,
  given: string | undefined,
): string {
  const digest = given ?? declaredDigest;
  if (digest === undefined)
    throw new InputError(
      `verify-image: no expected digest, and ${entityRef} declares none for ${key}. ` +
        'Set expected, or append @sha256:… to the image in the annotation.',
    );
  if (normalizeDigest(digest) === undefined)
    throw new InputError(
      `verify-image: expected must be sha256: and 64 hex digits, got ${JSON.stringify(digest.slice(0, 200))}`,
    );
  return digest;
}

/** @throws InputError when the reference has no tag, or has a digest already. */
function tagged(reference: string): string {
  const expected = 'pin-reference: reference must be [host/][namespace/]repository:tag';
  const got = `got ${JSON.stringify(reference.slice(0, 200))}`;
  if (!/^[^@]*:[^/:@]+$/.test(reference)) throw new InputError(`${expected}, without a digest, ${got}`);
  try {
    parseImageReference(reference);
  } catch (error) {
    if (!DescribeImageError.isInstance(error)) throw error;
    throw new InputError(`${expected}, ${got}`);
  }
  return reference;
}
