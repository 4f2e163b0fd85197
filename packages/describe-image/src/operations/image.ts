import { type ImageDigest, normalizeDigest } from './image-digest.ts';
import { flag, instant, integer, json, text } from './read-field.ts';

/**
 * A row of Security Center's inventory: what it last knew of one tag, which need not be what the tag is now.
 *
 * @see {@link https://www.alibabacloud.com/help/en/security-center/developer-reference/api-sas-2018-12-03-describeimageinstances | DescribeImageInstances}
 * @public
 */
export interface Image extends ImageFields {
  /** The row as it came: fields that this package does not know, and values that it could not read. */
  readonly raw: Readonly<Record<string, unknown>>;
}

/** Fields of a row by their domain names: the wire's with a small first letter. What cannot be read is `undefined`. */
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
  /** Names the image in the product's other APIs. */
  readonly uuid: string | undefined;
  readonly repoName: string | undefined;
  readonly repoNamespace: string | undefined;
  /** `private` or `public`, in either case. */
  readonly repoType: string | undefined;
  /** `acr`, `harbor`, `quay`, `CI/CD`. */
  readonly registryType: string | undefined;
  /** The registry's domains, read from JSON text; its shape is not documented here. */
  readonly endpoints: unknown;
  readonly status: string | undefined;
  readonly deployed: boolean | undefined;
  readonly imageCreate: Date | undefined;
  readonly imageUpdate: Date | undefined;
  /** As given: the documentation says megabytes, its example is bytes. */
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
  /** `YES` or `NO`: any of the three above. */
  readonly riskStatus: string | undefined;
  /** Where the scan is: `INIT` … `SUCCESS`, `FAIL`, `TIMEOUT`. */
  readonly scaStatus: string | undefined;
  /** Percent. */
  readonly scaProgress: number | undefined;
  /** Why a scan failed, for example `TASK_NOT_SUPPORT_REGION`. */
  readonly scaResult: string | undefined;
  readonly lastScanTime: Date | undefined;
  readonly sourceBizTag: string | undefined;
}

/** Reads a row tolerantly: the service mixes numbers and text. */
export function parseImage(raw: Readonly<Record<string, unknown>>): Image {
  const image: Record<string, unknown> = {};
  for (const [name, read] of Object.entries(READERS))
    image[name.charAt(0).toLowerCase() + name.slice(1)] = read(raw[name]);
  return { ...(image as unknown as ImageFields), raw }; // built from the very table the type is derived from
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
