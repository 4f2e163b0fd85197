import type { AuditorService } from '@backstage/backend-plugin-api';
import type { ActionsRegistryService } from '@backstage/backend-plugin-api/alpha';
import { describeImageReadPermission } from '@describe-image/backstage-plugin-describe-image-common';
import { audited } from '../router/audited.ts';
import type { ImageService } from '../service/image-service.ts';

/** What is the same for all of them: nothing is changed, and who may not see images does not see the action. */
const READ_ONLY = {
  attributes: { readOnly: true, idempotent: true, destructive: false },
  visibilityPermission: describeImageReadPermission,
} as const;

const ENTITY_REF = 'The entity that declares the images, for example component:default/checkout';
const IMAGE = 'Key of the image as the entity declares it; may be left out where it declares only one';

/** Offers what the pages show to agents (MCP) and templates (scaffolder), through Backstage's registry of actions. */
export function registerActions(
  registry: ActionsRegistryService,
  service: ImageService,
  auditor: AuditorService,
): void {
  registry.register({
    ...READ_ONLY,
    name: 'get-image-digests',
    title: 'Get image digests',
    description:
      'Digests of the container images that a catalog entity declares, from Alibaba Cloud Security Center: what the tag points to now (live), ' +
      'what was scanned, what the owner declared, whether these drift apart, and what the scan found. What is not known is left out; ' +
      'an image that could not be read has a failure with a remedy.',
    schema: {
      input: (z) => z.object({ entityRef: z.string().describe(ENTITY_REF) }),
      output: (z) => {
        const observation = z.object({
          digest: z.string(),
          source: z.string(),
          observedAt: z.string(),
          requestId: z.string().optional(),
        });
        return z.object({
          entityRef: z.string(),
          images: z.array(
            z.object({
              key: z.string(),
              label: z.string().optional(),
              repository: z.string(),
              tag: z.string().optional(),
              declared: z.string().optional(),
              live: observation.optional(),
              scanned: observation.optional(),
              drift: z.enum(['agree', 'drift', 'unknown']),
              risk: z
                .object({
                  state: z.enum(['unknown', 'scanning', 'failed', 'stale', 'risky', 'clean']),
                  reason: z.string(),
                  vulnerabilities: z.number().optional(),
                  alerts: z.number().optional(),
                  baselineRisks: z.number().optional(),
                })
                .optional(),
              pinned: z.string().optional().describe('repository:tag@sha256:…'),
              failure: z
                .object({
                  kind: z.string(),
                  message: z.string(),
                  remedy: z.string(),
                  requestId: z.string().optional(),
                  retryAfterMs: z.number().optional(),
                })
                .optional(),
            }),
          ),
          faults: z
            .array(z.object({ text: z.string(), message: z.string() }))
            .describe('Pieces of the annotations that could not be read'),
        });
      },
    },
    action: async ({ input: { entityRef }, credentials }) =>
      act('get-image-digests', entityRef, () => service.images({ entityRef, credentials, refresh: false })),
  });

  registry.register({
    ...READ_ONLY,
    name: 'verify-image',
    title: 'Verify an image',
    description:
      'Whether the tag of an image that a catalog entity declares still points to the digest that is expected. Asks Security Center now.',
    schema: {
      input: (z) =>
        z.object({
          entityRef: z.string().describe(ENTITY_REF),
          image: z.string().optional().describe(IMAGE),
          expected: z
            .string()
            .optional()
            .describe('sha256: and 64 hex digits; without it, the digest that the entity declares'),
        }),
      output: (z) =>
        z.object({
          key: z.string(),
          outcome: z.enum(['match', 'drift', 'missing']),
          expected: z.string(),
          actual: z.string().optional(),
          source: z.string().optional(),
          observedAt: z.string().optional(),
          requestId: z.string().optional(),
        }),
    },
    action: async ({ input: { entityRef, image, expected }, credentials }) =>
      act('verify-image', entityRef, () => service.verify({ entityRef, image, expected, credentials })),
  });

  registry.register({
    ...READ_ONLY,
    name: 'get-image-history',
    title: 'Get the history of an image',
    description:
      'Which digests the tag of an image that a catalog entity declares had over time, and when it was moved. Newest first.',
    schema: {
      input: (z) =>
        z.object({
          entityRef: z.string().describe(ENTITY_REF),
          image: z.string().describe('Key of the image as the entity declares it'),
          limit: z
            .number()
            .int()
            .min(1)
            .max(1000)
            .default(50)
            .describe('How many periods, and how many moves'),
        }),
      output: (z) =>
        z.object({
          entityRef: z.string(),
          key: z.string(),
          retentionDays: z.number(),
          periods: z.array(
            z.object({
              digest: z.string(),
              source: z.string(),
              firstSeenAt: z.string(),
              lastSeenAt: z.string(),
              observations: z.number(),
              requestId: z.string().optional(),
            }),
          ),
          moves: z.array(
            z.object({
              from: z.string().optional(),
              to: z.string(),
              observedAt: z.string(),
              movedBack: z.boolean(),
              requestId: z.string().optional(),
            }),
          ),
        }),
    },
    action: async ({ input: { entityRef, image, limit }, credentials }) =>
      act('get-image-history', entityRef, () => service.history({ entityRef, image, limit, credentials })),
  });

  registry.register({
    ...READ_ONLY,
    name: 'pin-image',
    title: 'Pin an image',
    description:
      'The reference repository:tag@sha256:… of an image that a catalog entity declares, to deploy by. Fails where no digest can be confirmed.',
    schema: {
      input: (z) =>
        z.object({
          entityRef: z.string().describe(ENTITY_REF),
          image: z.string().optional().describe(IMAGE),
        }),
      output: (z) =>
        z.object({
          key: z.string(),
          pinned: z.string(),
          digest: z.string(),
          source: z.string(),
          observedAt: z.string(),
          requestId: z.string().optional(),
        }),
    },
    action: async ({ input: { entityRef, image }, credentials }) =>
      act('pin-image', entityRef, () => service.pin({ entityRef, image, credentials })),
  });

  async function act<Output>(
    eventId: string,
    entityRef: string,
    ask: () => Promise<Output>,
  ): Promise<{ output: Output }> {
    return { output: await audited(auditor, { eventId, meta: { entityRef, queryType: 'action' } }, ask) };
  }
}
