import type { AuditorService, AuditorServiceCreateEventOptions } from '@backstage/backend-plugin-api';
import { toError } from '@backstage/errors';

/** Runs a function and reports its outcome as an audit event. */
export async function audited<Result>(
  auditor: AuditorService,
  options: AuditorServiceCreateEventOptions,
  run: () => Promise<Result>,
): Promise<Result> {
  const event = await auditor.createEvent(options);
  try {
    const result = await run();
    await event.success();
    return result;
  } catch (error) {
    await event.fail({ error: toError(error) });
    throw error;
  }
}
