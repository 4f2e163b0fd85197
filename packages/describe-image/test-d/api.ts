import { CredentialSourceError } from '../src/credentials/source-error.ts';
import {
  type AnyDescribeImageError,
  type Client,
  createClient,
  DescribeImageError,
  describeImageOperation,
  type ErrorCode,
  type ImageDigest,
  type LastKnownDigest,
  NotFoundError,
} from '../src/index.ts';
import type { createClient as createWebClient } from '../src/index-web.ts';
import { rawOperation } from '../src/operations/index.ts';

type Equals<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
const holds = <_ extends true>(): void => {};

declare const client: Client;
const ids = { imageRegionId: 'r', imageInstanceId: 'i', imageRepoId: 'p', imageTag: 't' };

// A switch over every code needs no default…
export function act(error: AnyDescribeImageError): string {
  switch (error.code) {
    case 'Permission':
      return error.ramAction;
    case 'Signature':
      return error.diagnosis;
    case 'ClockSkew':
      return String(error.offsetMs);
    case 'Unverified':
      return error.demand;
    case 'Ambiguous':
      return error.candidates.map(({ tag }) => tag).join();
    case 'Validation':
    case 'Credentials':
    case 'Throttling':
    case 'NotFound':
    case 'Service':
    case 'Network':
    case 'Timeout':
    case 'Abort':
      return error.remedy;
  }
}

// … and does not compile when one is missing.
// @ts-expect-error
export function forgetAbort(code: ErrorCode): string {
  switch (code) {
    case 'Permission':
    case 'Signature':
    case 'ClockSkew':
    case 'Unverified':
    case 'Ambiguous':
    case 'Validation':
    case 'Credentials':
    case 'Throttling':
    case 'NotFound':
    case 'Service':
    case 'Network':
    case 'Timeout':
      return code;
  }
}

// isInstance narrows to the union, and on a subclass to the subclass.
export function codeOf(error: unknown): ErrorCode | undefined {
  if (DescribeImageError.isInstance(error)) holds<Equals<typeof error, AnyDescribeImageError>>();
  return DescribeImageError.isInstance(error) ? error.code : undefined;
}
export function lastKnownOf(error: unknown): LastKnownDigest | undefined {
  if (CredentialSourceError.isInstance(error)) holds<Equals<typeof error, CredentialSourceError>>();
  return NotFoundError.isInstance(error) ? error.lastKnown : undefined;
}

// What is required is required, and what is promised is there.
export async function typed(): Promise<void> {
  const image = await client.describeImage(ids);
  holds<Equals<typeof image.digest, ImageDigest>>();
  holds<Equals<typeof image.observedAt, Date>>();
  // @ts-expect-error a tag is required
  await client.describeImage({ imageRegionId: 'r', imageInstanceId: 'i', imageRepoId: 'p' });
  // @ts-expect-error a tag is text
  await client.describeImage({ ...ids, imageTag: 5 });

  const { output } = await client.call(describeImageOperation, ids);
  holds<Equals<typeof output.rawDigest, string>>();
  // @ts-expect-error the input is that of the operation
  await client.call(describeImageOperation, {});

  const raw = await client.call(rawOperation('DescribeImageStatistics'), { A: [1, { B: true }] });
  holds<Equals<(typeof raw.output)[string], unknown>>();

  for await (const listed of client.listImages({ tag: 't' })) {
    holds<Equals<typeof listed.digest, ImageDigest | undefined>>();
    // @ts-expect-error a row is not to be changed
    listed.tag = 'x';
  }
}

// @ts-expect-error credentials are required
createClient({});
// @ts-expect-error a network is public or vpc
createClient({ credentials: { accessKeyId: 'k', accessKeySecret: 's' }, network: 'intranet' });

// Criterion names are open, with the known ones for completion.
client.listImages({ criteria: [{ name: 'somethingNew', value: 'x' }] });

// Every runtime has the same client.
holds<Equals<typeof createClient, typeof createWebClient>>();
