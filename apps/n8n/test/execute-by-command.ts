import { z } from 'zod';
import { runN8n } from '../src/run-n8n.ts';
import type { Host } from '../src/start-host.ts';
import { type RunOutput, readRunOutput } from './run-output.ts';

/** Runs an imported workflow with `n8n execute`. @throws Error with what n8n said, when the workflow fails. */
export async function executeByCommand({ settings, workflows }: Host, name: string): Promise<RunOutput> {
  const workflow = workflows.find((one) => one.name === name);
  if (workflow === undefined) throw new Error(`no workflow is called "${name}"`);
  const said = await runN8n(settings, 'execute', `--id=${workflow.id}`, '--rawOutput');
  // Notes of n8n come before and after it.
  const json: unknown = JSON.parse(/^\{$[\s\S]*?^\}$/m.exec(said)?.[0] ?? '');
  return readRunOutput(z.object({ data: z.unknown() }).parse(json).data);
}
