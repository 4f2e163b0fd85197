import type { AuditorService, AuditorServiceCreateEventOptions } from '@backstage/backend-plugin-api';
import { toError } from '@backstage/errors';

/** Does something and tells the auditor whether it went well. */
export async function audited<Result>(
  auditor: AuditorService,
  options: AuditorServiceCreateEventOptions,
  act: () => Promise<Result>,
): Promise<Result> {
  const event = await auditor.createEvent(options);
  try {
    const result = await act();
    await event.success();
    return result;
  } catch (error) {
    await event.fail({ error: toError(error) });
    throw error;
  }
}
