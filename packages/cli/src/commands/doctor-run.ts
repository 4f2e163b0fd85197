import type { ClientOptions } from '@describe-image/core';
import type { CommandInput } from '../command-definition.ts';
import type { CliContext } from '../context.ts';
import { TRIED } from '../doctor/action-findings.ts';
import { diagnose } from '../doctor/diagnose.ts';
import type { DoctorSubject } from '../doctor/subject.ts';
import type { ExitCode } from '../exit-codes.ts';
import { keyChoice } from '../key-options.ts';
import { openCredentials } from '../open-credentials.ts';
import { doctorDocument, findingPrinter } from '../output/doctor-report.ts';
import { jsonDocument } from '../output/json.ts';
import { palette } from '../output/terminal.ts';
import { clientOptionsFrom, warnAboutRegions } from '../with-client.ts';
import { DOCTOR_OUTPUTS } from './output-formats.ts';

/** The operations that `doctor` calls, for the RAM policy. */
export const operations: readonly { readonly ramAction: string }[] = TRIED;

/** Without flags, an endpoint that hangs delays each check by seconds instead of a minute. */
const ATTEMPT_TIMEOUT_MS = 5_000;
const TIMEOUT_MS = 8_000;
const RETRIES = 1;

export async function run(input: CommandInput, context: CliContext): Promise<ExitCode> {
  const { options } = input;
  const { stdout } = context;
  const observedAt = new Date();
  warnAboutRegions(input, context);
  const subject = await subjectFrom(input, context);
  const output = options.choice('output', DOCTOR_OUTPUTS, 'text');
  if (output === 'json') {
    const diagnosis = await diagnose(subject, () => {});
    stdout.write(jsonDocument(doctorDocument(diagnosis, observedAt)));
    return diagnosis.exitCode;
  }
  const { lines, verdict } = findingPrinter(palette(stdout, options, context));
  const diagnosis = await diagnose(subject, (findings) => stdout.write(lines(findings)));
  stdout.write(verdict(diagnosis));
  return diagnosis.exitCode;
}

/** What `diagnose` checks for these flags. */
export async function subjectFrom(input: CommandInput, context: CliContext): Promise<DoctorSubject> {
  const choice = keyChoice(input.options);
  const { host, chain, provider } = await openCredentials(choice, context);
  const optionsWith = (region?: string): ClientOptions => ({
    ...clientOptionsFrom(input, context, provider, region),
    attemptTimeoutMs: input.options.number('attemptTimeout') ?? ATTEMPT_TIMEOUT_MS,
    totalTimeoutMs: input.options.number('timeout') ?? TIMEOUT_MS,
    maxRetries: input.options.number('retries') ?? RETRIES,
  });
  return {
    explainChain: chain.explain,
    credentials: provider,
    roleArn: choice.role?.roleArn,
    openClient: async (region) => context.createClient(optionsWith(region)),
    async openSts() {
      const { resolveStsEndpoint } = await import('@describe-image/core/credentials');
      const { protocol, host: name, path } = resolveStsEndpoint({ host });
      return context.createClient({ ...optionsWith(), endpoint: `${protocol}//${name}${path}` });
    },
    host,
    probeTimeoutMs: input.options.number('attemptTimeout') ?? ATTEMPT_TIMEOUT_MS,
    signal: context.signal,
  };
}
