import { type ImageDigest, normalizeDigest } from './image-digest.ts';
import { flag, instant, integer, json, text } from './read-field.ts';

/**
 * A row of Security Center's inventory: one tag when Security Center last read the registry. The tag may have changed since.
 *
 * @see {@link https://www.alibabacloud.com/help/en/security-center/developer-reference/api-sas-2018-12-03-describeimageinstances | DescribeImageInstances}
 * @public
 */
export interface Image extends ImageFields {
  /** The row as received, with unknown fields and unreadable values. */
  readonly raw: Readonly<Record<string, unknown>>;
}

/** The fields of a row: their wire names in lower camel case. Missing and unreadable values are `undefined`. @public */
export interface ImageFields {
  /** {@link DescribeImageInput.imageRegionId} */
  readonly regionId: string | undefined;
  /** {@link DescribeImageInput.imageInstanceId} */
  readonly instanceId: string | undefined;
  /** {@link DescribeImageInput.imageRepoId} */
  readonly repoId: string | undefined;
  readonly tag: string | undefined;
  readonly digest: ImageDigest | undefined;
  readonly imageId: string | undefined;
  /** Identifies the image in other APIs of the product. */
  readonly uuid: string | undefined;
  readonly repoName: string | undefined;
  readonly repoNamespace: string | undefined;
  /** `private` or `public`, in upper or lower case. */
  readonly repoType: string | undefined;
  /** `acr`, `harbor`, `quay`, `CI/CD`. */
  readonly registryType: string | undefined;
  /** The registry's domains, parsed from JSON text. The shape is not documented: use `registryDomains`. */
  readonly endpoints: unknown;
  readonly status: string | undefined;
  readonly deployed: boolean | undefined;
  readonly imageCreate: Date | undefined;
  readonly imageUpdate: Date | undefined;
  /** As received: megabytes by the documentation, bytes in its example. */
  readonly imageSize: number | undefined;
  /** Vulnerabilities. */
  readonly vulCount: number | undefined;
  /** `YES` or `NO`. */
  readonly vulStatus: string | undefined;
  /** Alerts: malicious files. */
  readonly alarmCount: number | undefined;
  /** `YES` or `NO`. */
  readonly alarmStatus: string | undefined;
  /** Baseline risks. */
  readonly hcCount: number | undefined;
  /** `YES` or `NO`. */
  readonly hcStatus: string | undefined;
  /** `YES` or `NO`: whether any of the three above is `YES`. */
  readonly riskStatus: string | undefined;
  /** The state of the scan: `INIT` … `SUCCESS`, `FAIL`, `TIMEOUT`. */
  readonly scaStatus: string | undefined;
  /** In percent. */
  readonly scaProgress: number | undefined;
  /** The reason of a failed scan, for example `TASK_NOT_SUPPORT_REGION`. */
  readonly scaResult: string | undefined;
  readonly lastScanTime: Date | undefined;
  readonly sourceBizTag: string | undefined;
}

/**
 * Parses a row. Numbers and their text forms are both accepted, because the service uses both.
 *
 * @example
 * ```ts
 * import { parseImage } from '@describe-image/core/protocol';
 *
 * console.log(parseImage({ Tag: '1.8.0', VulCount: '3' }).vulCount); // 3
 * ```
 *
 * @public
 */
export function parseImage(raw: Readonly<Record<string, unknown>>): Image {
  const image: Record<string, unknown> = {};
  for (const [name, read] of Object.entries(READERS))
    image[name.charAt(0).toLowerCase() + name.slice(1)] = read(raw[name]);
  return { ...(image as unknown as ImageFields), raw }; // READERS has one entry per field of the type
}

const READERS: {
  readonly [Name in keyof ImageFields as Capitalize<Name>]: (value: unknown) => ImageFields[Name];
} = {
  RegionId: text,
  InstanceId: text,
  RepoId: text,
  Tag: text,
  Digest: normalizeDigest,
  ImageId: text,
  Uuid: text,
  RepoName: text,
  RepoNamespace: text,
  RepoType: text,
  RegistryType: text,
  Endpoints: json,
  Status: text,
  Deployed: flag,
  ImageCreate: instant,
  ImageUpdate: instant,
  ImageSize: integer,
  VulCount: integer,
  VulStatus: text,
  AlarmCount: integer,
  AlarmStatus: text,
  HcCount: integer,
  HcStatus: text,
  RiskStatus: text,
  ScaStatus: text,
  ScaProgress: integer,
  ScaResult: text,
  LastScanTime: instant,
  SourceBizTag: text,
};
