import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import type { OwnerSession } from './owner.ts';

/**
 * Switches a workflow on, and waits until its triggers listen: n8n answers at once and does that later.
 *
 * @throws Error with n8n's reason, when a trigger cannot be started.
 */
export async function publishWorkflow(owner: OwnerSession, id: string): Promise<void> {
  const { versionId } = Versioned.parse(await owner.call('GET', `/workflows/${id}`));
  await owner.call('POST', `/workflows/${id}/activate`, { versionId });
  for (let tries = 0; tries < 240; tries += 1) {
    const { status, triggers } = Publication.parse(
      await owner.call('GET', `/workflows/${id}/publication-status`),
    );
    if (status === 'published') return;
    if (status === 'partial' || status === 'failed') {
      const reasons = triggers.map(({ errorMessage }) => errorMessage).filter(Boolean);
      throw new Error(`n8n cannot start the triggers of workflow ${id}: ${reasons.join('; ')}`);
    }
    await sleep(250);
  }
  throw new Error(`n8n does not switch on workflow ${id}`);
}

const Versioned = z.object({ versionId: z.string() });
const Publication = z.object({
  status: z.string(),
  triggers: z.array(z.object({ errorMessage: z.string().nullable() })),
});
