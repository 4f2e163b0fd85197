import type { Client } from '@describe-image/core';
import {
  byUrgency,
  type CandidateHints,
  checkRisk,
  findTags,
  listTags,
  resolveImage,
  verifyImage,
} from '@describe-image/core/images';
import { DescribeImageError } from '@describe-image/core/protocol';
import { z } from 'zod';
import { firstRequest } from '../commands/explain-run.ts';
import { diagnose } from '../doctor/diagnose.ts';
import type { DoctorSubject } from '../doctor/subject.ts';
import { splitDigest, withDigests } from '../manifests/found-image.ts';
import { findImages } from '../manifests/manifest-files.ts';
import { describe } from '../report-error.ts';
import { pageOf, untrusted } from './tool-pages.ts';

/** What the tools use. */
export interface ToolHost {
  readonly client: Client;
  readonly doctor: () => Promise<DoctorSubject>;
  readonly signal: AbortSignal | undefined;
}

/** A tool as data. */
export interface Tool {
  readonly name: string;
  readonly title: string;
  readonly description: string;
  readonly input: z.ZodRawShape;
  readonly output: z.ZodRawShape;
  /** `args` were parsed by `input`. */
  readonly run: (args: Record<string, unknown>, host: ToolHost) => Promise<Record<string, unknown>>;
}

const REFERENCE = z
  .string()
  .min(1)
  .max(512)
  .describe('[registry/][namespace/]repository[:tag][@sha256:…], for example shop/checkout:1.4.2');
const HINTS = {
  region: z.string().max(64).optional().describe('region of the image, if several match'),
  instance: z.string().max(64).optional().describe('registry instance, cri-…, if several match'),
  repo: z.string().max(64).optional().describe('repository id, crr-…, if several match'),
};
const CURSOR = z.string().max(16).optional().describe('nextCursor of an earlier answer');
const TEXT = z.string().nullable();
const PAGED = { total: z.number(), nextCursor: TEXT };

/** Infers the arguments of `run` from `input`. */
function tool<Input extends z.ZodRawShape>(
  definition: Omit<Tool, 'input' | 'run'> & {
    readonly input: Input;
    readonly run: (args: z.infer<z.ZodObject<Input>>, host: ToolHost) => Promise<Record<string, unknown>>;
  },
): Tool {
  const { run, ...rest } = definition;
  const schema = z.object(definition.input);
  return { ...rest, run: (args, host) => run(schema.parse(args), host) };
}

function hintsOf({
  region,
  instance,
  repo,
}: Partial<Record<'region' | 'instance' | 'repo', string | undefined>>): CandidateHints {
  return { regionId: region, instanceId: instance, repoId: repo };
}

export const TOOLS: readonly Tool[] = [
  tool({
    name: 'resolve_digest',
    title: 'Digest of a tag',
    description: 'The digest that a tag has now, by DescribeImage and by the inventory.',
    input: { reference: REFERENCE, ...HINTS },
    output: {
      reference: z.string(),
      digest: z.string(),
      state: z.string(),
      source: z.string(),
      observedAt: z.string(),
      requestId: TEXT,
      sourcesAgree: z.boolean().nullable(),
      scanned: z.boolean(),
    },
    async run({ reference, ...hints }, { client, signal }) {
      const resolved = await resolveImage(client.call, reference, { ...hintsOf(hints), signal });
      const { digest, state, source, observedAt, requestId, sourcesAgree, scanned } = resolved;
      return {
        reference,
        digest,
        state,
        source,
        observedAt: observedAt.toISOString(),
        requestId: requestId ?? null,
        sourcesAgree: sourcesAgree ?? null,
        scanned,
      };
    },
  }),
  tool({
    name: 'verify_digest',
    title: 'Verify a digest',
    description: 'Whether a tag still has the expected digest: match, drift or missing.',
    input: {
      reference: REFERENCE,
      digest: z.string().max(80).optional().describe('expected digest, unless the reference contains it'),
      ...HINTS,
    },
    output: { outcome: z.string(), expected: z.string(), actual: TEXT, state: z.string(), requestId: TEXT },
    async run({ reference, digest, ...hints }, { client, signal }) {
      const options = { ...hintsOf(hints), signal };
      const verification = await verifyImage(client.call, reference, digest, options);
      const { outcome, expected, actual, state, requestId } = verification;
      return { outcome, expected, actual: actual ?? null, state, requestId: requestId ?? null };
    },
  }),
  tool({
    name: 'list_tags',
    title: 'Tags of a repository',
    description: 'The tags of a repository in the inventory, with their digests, in pages of 50.',
    input: { repository: REFERENCE, ...HINTS, cursor: CURSOR },
    output: { tags: z.array(z.object({ tag: TEXT, digest: TEXT, lastScanTime: TEXT })), ...PAGED },
    async run({ repository, cursor, ...hints }, { client, signal }) {
      const { images } = await listTags(client.call, repository, { ...hintsOf(hints), signal });
      const { items, ...page } = pageOf(images, cursor);
      const tags = items.map(({ tag, digest, lastScanTime }) => ({
        tag: untrusted(tag),
        digest: digest ?? null,
        lastScanTime: lastScanTime?.toISOString() ?? null,
      }));
      return { tags, ...page };
    },
  }),
  tool({
    name: 'find_tags',
    title: 'Tags with a digest',
    description: 'All tags in the inventory that have a digest, in pages of 50.',
    input: { digest: z.string().max(80), cursor: CURSOR },
    output: {
      images: z.array(z.object({ repository: TEXT, tag: TEXT, region: TEXT, instance: TEXT, repo: TEXT })),
      ...PAGED,
    },
    async run({ digest, cursor }, { client, signal }) {
      const found = await findTags(client.call, digest, { signal });
      const { items, ...page } = pageOf(found.images, cursor);
      const images = items.map(({ repoNamespace, repoName, tag, regionId, instanceId, repoId }) => ({
        repository: untrusted([repoNamespace, repoName].filter(Boolean).join('/')),
        tag: untrusted(tag),
        region: regionId ?? null,
        instance: instanceId ?? null,
        repo: repoId ?? null,
      }));
      return { images, ...page };
    },
  }),
  tool({
    name: 'image_risk',
    title: 'Risk of an image',
    description:
      'The scan state of the digest that a tag has now, and its vulnerabilities, the most urgent first, in pages of 50.',
    input: { reference: REFERENCE, ...HINTS, cursor: CURSOR },
    output: {
      state: z.string(),
      reason: z.string(),
      digest: TEXT,
      scannedDigest: TEXT,
      vulnerabilities: z.array(
        z.object({
          ids: z.array(z.string()),
          necessity: z.string(),
          title: TEXT,
          packages: z.array(z.string()),
        }),
      ),
      /** Why the list of vulnerabilities is empty, if it could not be read. */
      vulnerabilitiesError: TEXT,
      ...PAGED,
    },
    async run({ reference, cursor, ...hints }, { client, signal }) {
      const options = { ...hintsOf(hints), signal };
      const risk = await checkRisk(client.call, reference, options);
      const list = await vulnerabilitiesOf(client, risk.digest, signal);
      const { items, ...page } = pageOf(list.vulnerabilities, cursor);
      return {
        state: risk.state,
        reason: risk.reason,
        digest: risk.digest ?? null,
        scannedDigest: risk.scannedDigest ?? null,
        vulnerabilities: items.map(({ cveIds, name, necessity, aliasName, packages }) => ({
          ids: cveIds.length > 0 ? cveIds : [name],
          necessity,
          title: untrusted(aliasName),
          packages: packages.map((entry) => untrusted(`${entry.name} ${entry.version ?? '?'}`) ?? ''),
        })),
        vulnerabilitiesError: list.error,
        ...page,
      };
    },
  }),
  tool({
    name: 'pin_manifest',
    title: 'Pin a manifest',
    description:
      'A patch that appends digests to the image references of a Kubernetes, Kustomize, Helm values or Compose file, or of a Dockerfile. Writes nothing.',
    input: {
      path: z.string().min(1).max(512).describe('name of the file, which shows its format'),
      text: z.string().max(256 * 1024),
    },
    output: {
      patch: z.string(),
      changed: z.number(),
      kept: z.array(z.object({ line: z.number(), reference: z.string(), reason: z.string() })),
    },
    async run({ path, text }, { client, signal }) {
      const { images, skipped } = await findImages(path, text);
      const kept = skipped.map((image) => ({
        line: image.place.line,
        reference: image.text,
        reason: image.reason,
      }));
      const digests = new Map<string, string>();
      for (const { reference, place } of images) {
        if (digests.has(reference)) continue;
        try {
          digests.set(reference, (await resolveImage(client.call, reference, { signal })).digest);
        } catch (error) {
          if (
            !DescribeImageError.isInstance(error) ||
            !['NotFound', 'Ambiguous', 'Validation'].includes(error.code)
          )
            throw error;
          kept.push({ line: place.line, reference, reason: describe(error).headline });
        }
      }
      const pinned = withDigests(text, images, ({ reference, digest }) => digests.get(reference) ?? digest);
      const { createTwoFilesPatch } = await import('diff');
      const changed = images.filter(({ reference, digest }) => (digests.get(reference) ?? digest) !== digest);
      return {
        patch: pinned === text ? '' : createTwoFilesPatch(`a/${path}`, `b/${path}`, text, pinned),
        changed: changed.length,
        kept: kept.slice(0, 100),
      };
    },
  }),
  tool({
    name: 'explain_request',
    title: 'Explain a request',
    description:
      'How the request for a reference is signed, stage by stage, without sending it. Secrets are masked.',
    input: { reference: REFERENCE, ...HINTS },
    output: {
      action: z.string(),
      endpoint: z.string(),
      ramAction: z.string(),
      canonicalRequest: z.string(),
      stringToSign: z.string(),
      aliyun: z.string(),
    },
    async run({ reference, ...hints }, { client }) {
      const explanation = await firstRequest(client, (call) =>
        resolveImage(call, splitDigest(reference).name, hintsOf(hints)),
      );
      const { action, endpoint, ramAction, canonicalRequest, stringToSign, aliyun } = explanation;
      return { action, endpoint, ramAction, canonicalRequest, stringToSign, aliyun };
    },
  }),
  tool({
    name: 'doctor',
    title: 'Check keys and permissions',
    description:
      'Checks the keys, the endpoint, the clock and each RAM action, with a remedy for each problem.',
    input: {},
    output: {
      verdict: z.string(),
      findings: z.array(
        z.object({ check: z.string(), state: z.string(), detail: z.string(), remedy: z.string() }),
      ),
    },
    async run(_args, host) {
      const { verdict, findings } = await diagnose(await host.doctor(), () => {});
      return {
        verdict,
        findings: findings.map(({ check, state, detail, remedy }) => ({ check, state, detail, remedy })),
      };
    },
  }),
];

/** A missing permission for the list does not hide the risk. */
async function vulnerabilitiesOf(
  client: Client,
  digest: string | undefined,
  signal: AbortSignal | undefined,
) {
  if (digest === undefined) return { vulnerabilities: [], error: 'the digest of the tag is unknown' };
  try {
    const { vulnerabilities } = await client.listVulnerabilities({ digest }, { signal }).all();
    return { vulnerabilities: [...vulnerabilities].sort(byUrgency), error: null };
  } catch (error) {
    if (!DescribeImageError.isInstance(error) || error.code !== 'Permission') throw error;
    const { headline, remedy } = describe(error);
    return { vulnerabilities: [], error: `${headline}. ${remedy ?? ''}` };
  }
}
