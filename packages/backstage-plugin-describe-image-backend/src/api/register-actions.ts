import type { AuditorService } from '@backstage/backend-plugin-api';
import type { ActionsRegistryService } from '@backstage/backend-plugin-api/alpha';
import { DEFAULT_NAMESPACE, parseEntityRef, stringifyEntityRef } from '@backstage/catalog-model';
import { InputError } from '@backstage/errors';
import {
  describeImageReadPermission,
  describeImageReferenceReadPermission,
  IMAGE_STATES,
} from '@describe-image/backstage-plugin-describe-image-common';
import type { ImageService } from '../service/image-service.ts';
import { audited } from './audited.ts';

/** Common to all actions: they change nothing, and are visible only to users who may see images. */
const READ_ONLY = {
  attributes: { readOnly: true, idempotent: true, destructive: false },
  visibilityPermission: describeImageReadPermission,
} as const;

const ENTITY_REF =
  'The entity that declares the images, for example component:default/checkout; kind and namespace default to component and default';
const IMAGE = 'Key of the image as the entity declares it; optional when the entity declares one image';

/** Registers actions for agents (MCP) and templates (scaffolder) in Backstage's actions registry. */
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
      'Returns the digests of the container images that a catalog entity declares, from Alibaba Cloud Security Center: the digest that the tag ' +
      'points to now (live), the scanned digest, the digest that the owner declared, whether they differ (drift), and the scan result (risk). ' +
      'Unknown values are omitted. An image that could not be read has a failure with a remedy.',
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
              state: z
                .enum(IMAGE_STATES)
                .describe('The worst state. Only clean is good: not-verified has no recent live check'),
              declared: z.string().optional(),
              live: observation.optional(),
              liveCheck: z
                .object({
                  result: z.string(),
                  checkedAt: z.string().optional(),
                  validUntil: z.string().optional(),
                })
                .optional()
                .describe('The last call of DescribeImage, and until when it verifies the image'),
              scanned: observation.optional(),
              running: z
                .object({
                  state: z.enum(['running', 'none', 'unknown']),
                  reason: z.string().optional(),
                  digests: z.array(
                    z.object({
                      digest: z.string().optional(),
                      since: z.string().optional(),
                      containers: z.number(),
                    }),
                  ),
                })
                .optional()
                .describe('The digests that run in Kubernetes'),
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
            .describe('Invalid items of the annotations'),
        });
      },
    },
    action: async ({ input, credentials }) =>
      run('get-image-digests', input, ({ entityRef }) =>
        service.images({ entityRef, credentials, refresh: false }),
      ),
  });

  registry.register({
    ...READ_ONLY,
    name: 'verify-image',
    title: 'Verify an image',
    description:
      'Checks whether the tag of an image that a catalog entity declares points to the expected digest. Always sends a request to Security Center.',
    schema: {
      input: (z) =>
        z.object({
          entityRef: z.string().describe(ENTITY_REF),
          image: z.string().optional().describe(IMAGE),
          expected: z
            .string()
            .optional()
            .describe('sha256: and 64 hex digits; default: the digest that the entity declares'),
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
    action: async ({ input, credentials }) =>
      run('verify-image', input, (request) => service.verify({ ...request, credentials })),
  });

  registry.register({
    ...READ_ONLY,
    name: 'get-image-history',
    title: 'Get the history of an image',
    description:
      'Returns the digests that the tag of an image of a catalog entity pointed to over time, and the times at which it moved, newest first.',
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
            .describe('Maximum number of periods, and of moves'),
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
    action: async ({ input, credentials }) =>
      run('get-image-history', input, (request) => service.history({ ...request, credentials })),
  });

  registry.register({
    ...READ_ONLY,
    name: 'pin-image',
    title: 'Pin an image',
    description:
      'Returns the reference repository:tag@sha256:… of an image that a catalog entity declares, for deployments. Fails when no current digest is known.',
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
    action: async ({ input, credentials }) =>
      run('pin-image', input, (request) => service.pin({ ...request, credentials })),
  });

  registry.register({
    ...READ_ONLY,
    visibilityPermission: describeImageReferenceReadPermission,
    name: 'pin-reference',
    title: 'Pin an image reference',
    description:
      'Returns the reference repository:tag@sha256:… of an image that no entity needs to declare, for templates that create an entity. ' +
      'Fails when no current digest is known.',
    schema: {
      input: (z) =>
        z.object({
          reference: z.string().describe('[host/][namespace/]repository:tag'),
          instance: z
            .string()
            .optional()
            .describe('Name of an instance in the configuration of the back end; default: the first'),
        }),
      output: (z) =>
        z.object({
          pinned: z.string(),
          digest: z.string(),
          source: z.string(),
          observedAt: z.string(),
          requestId: z.string().optional(),
        }),
    },
    action: async ({ input, credentials }) => {
      const meta = { ...input, queryType: 'action' };
      const output = await audited(auditor, { eventId: 'pin-reference', meta }, () =>
        service.pinReference({ ...input, credentials }),
      );
      return { output };
    },
  });

  /** Reports an audit event for invalid input too. */
  async function run<Input extends { readonly entityRef: string }, Output>(
    name: string,
    input: Input,
    read: (input: Input) => Promise<Output>,
  ): Promise<{ output: Output }> {
    const meta = { entityRef: input.entityRef, queryType: 'action' };
    const output = await audited(auditor, { eventId: name, meta }, async () =>
      read({ ...input, entityRef: completeEntityRef(name, input.entityRef) }),
    );
    return { output };
  }
}

/** Completes an entity ref with the defaults that Backstage uses for components. */
function completeEntityRef(action: string, entityRef: string): string {
  try {
    return stringifyEntityRef(
      parseEntityRef(entityRef.trim(), { defaultKind: 'component', defaultNamespace: DEFAULT_NAMESPACE }),
    );
  } catch {
    throw new InputError(
      `${action}: entityRef must be [kind:][namespace/]name, got ${JSON.stringify(entityRef.slice(0, 200))}. ` +
        'Set it to a ref such as component:default/checkout.',
    );
  }
}
