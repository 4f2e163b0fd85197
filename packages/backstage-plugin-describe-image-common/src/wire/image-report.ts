import { z } from 'zod';
import { FAULT_CODES } from '../annotations/fault-codes.ts';
import { failureSchema } from './failure.ts';
import { IMAGE_STATES } from './image-states.ts';
import { digestSchema, instantSchema, observationSchema } from './observation.ts';
import { runningImageSchema } from './running-image.ts';

const count = z.int().nonnegative().optional();

export const riskSchema = z.object({
  state: z.enum(['unknown', 'scanning', 'failed', 'stale', 'risky', 'clean']),
  /** The reason for the state, in one clause. */
  reason: z.string(),
  vulnerabilities: count,
  alerts: count,
  baselineRisks: count,
  lastScanTime: instantSchema.optional(),
  /** The digest that was scanned. The tag may point to another one. */
  scannedDigest: digestSchema.optional(),
});

/** The scan result in the inventory. The service returns counts, but no severities. @public */
export type ImageRisk = z.infer<typeof riskSchema>;

export const moveSchema = z.object({
  /** All back ends compute the same id for the same move. */
  id: z.string(),
  from: digestSchema.optional(),
  to: digestSchema,
  observedAt: instantSchema,
  /** Whether the tag pointed to the new digest at an earlier time. */
  movedBack: z.boolean(),
  requestId: z.string().optional(),
});

/** A change of the digest that a tag points to. @public */
export type ImageMove = z.infer<typeof moveSchema>;

const liveCheckSchema = z.object({
  /**
   * `answered` with a digest, or why DescribeImage returned none: it has none for the tag, does not support the registry, was not called, or
   * the last call failed.
   */
  result: z.enum([
    'answered',
    'no-digest',
    'ids-not-of-container-registry',
    'reference-names-no-tag',
    'not-asked',
    'failed',
  ]),
  /** When DescribeImage last answered, with or without a digest. Absent when it never did. */
  checkedAt: instantSchema.optional(),
  /** `checkedAt` and the limit of the configuration. Later, the image is not verified. */
  validUntil: instantSchema.optional(),
});

/** The last call of DescribeImage for an image. @public */
export type ImageLiveCheck = z.infer<typeof liveCheckSchema>;

/** Schema of {@link ImageReport}. @public */
export const imageReportSchema = z.object({
  /** Identifies the image in signals. A hash, so that it reveals nothing about the image. */
  id: z.string(),
  /** {@link DeclaredImage.key} */
  key: z.string(),
  label: z.string().optional(),
  /** Name of the configured instance. */
  instance: z.string(),
  /** Repository without tag, as declared. For ids, the name from the inventory. */
  repository: z.string(),
  tag: z.string().optional(),
  /** The worst state at the time of the response. A page that stays open computes it again by `imageState`. */
  state: z.enum(IMAGE_STATES),
  /** The digest that the owner expects. */
  declared: digestSchema.optional(),
  /** The digest from DescribeImage. Absent when it was not called or returned none. */
  live: observationSchema.optional(),
  /** Absent when the image was never looked up. */
  liveCheck: liveCheckSchema.optional(),
  /** The digest from the inventory, which is the scanned one. */
  scanned: observationSchema.optional(),
  /** What runs in Kubernetes. Absent when the source is turned off, or the entity has no annotation of the Kubernetes plugin. */
  running: runningImageSchema.optional(),
  /**
   * `drift` when two of declared, scanned and live differ, or a running digest differs from declared or live; `unknown` when fewer than two
   * digests are known, or a running digest is unknown.
   */
  drift: z.enum(['agree', 'drift', 'unknown']),
  risk: riskSchema.optional(),
  /** Whether a scan of exactly the digest that the tag has now has finished. Absent when the image was never looked up. */
  scanIsCurrent: z.boolean().optional(),
  /**
   * `registry/namespace/repository:tag@sha256:…`, for deployments. Absent when DescribeImage has no digest for the tag, or has only failed so far.
   */
  pinned: z.string().optional(),
  /** Link to Security Center's console. */
  consoleUrl: z.url().optional(),
  lastMove: moveSchema.optional(),
  /** Set when the last attempt failed. Earlier observations are kept with their own times. */
  failure: failureSchema.optional(),
  /** Whether the report was made without a request to Security Center. */
  fromCache: z.boolean(),
});

/** The known state of one declared image. Unknown fields are absent. @public */
export type ImageReport = z.infer<typeof imageReportSchema>;

/** Schema of {@link AnnotationFault}. @public */
export const annotationFaultSchema = z.object({
  place: z.object({ annotation: z.string(), line: z.int(), column: z.int() }),
  text: z.string(),
  code: z.enum(FAULT_CODES),
  message: z.string(),
});

/**
 * Schema of {@link EntityImages}: the response of `GET /entities/:kind/:namespace/:name/images` and of `POST …/images/refresh`.
 *
 * @public
 */
export const entityImagesSchema = z.object({
  entityRef: z.string(),
  images: z.array(imageReportSchema),
  /** Invalid items of the annotations. */
  faults: z.array(annotationFaultSchema),
});

/** The images of one entity. @public */
export type EntityImages = z.infer<typeof entityImagesSchema>;
