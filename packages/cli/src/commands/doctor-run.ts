import type { CommandInput } from '../command-definition.ts';
import type { CliContext } from '../context.ts';
import { diagnose } from '../doctor/diagnose.ts';
import type { DoctorSubject } from '../doctor/subject.ts';
import type { ExitCode } from '../exit-codes.ts';
import { keyChoice } from '../key-options.ts';
import { openCredentials } from '../open-credentials.ts';
import { doctorDocument, doctorText } from '../output/doctor-report.ts';
import { jsonDocument } from '../output/json.ts';
import { palette } from '../output/terminal.ts';
import { clientOptionsFrom } from '../with-client.ts';
import { DOCTOR_OUTPUTS } from './output-formats.ts';

export async function run(input: CommandInput, context: CliContext): Promise<ExitCode> {
  const { options } = input;
  const { stdout } = context;
  const observedAt = new Date();
  const diagnosis = await diagnose(await subjectFrom(input, context));
  const output = options.choice('output', DOCTOR_OUTPUTS, 'text');
  stdout.write(
    output === 'json'
      ? jsonDocument(doctorDocument(diagnosis, observedAt))
      : doctorText(diagnosis, palette(stdout, options, context)),
  );
  return diagnosis.exitCode;
}

async function subjectFrom(input: CommandInput, context: CliContext): Promise<DoctorSubject> {
  const choice = keyChoice(input.options);
  const { host, chain, provider } = await openCredentials(choice, context);
  const clientOptions = clientOptionsFrom(input, context, provider);
  return {
    explainChain: chain.explain,
    credentials: provider,
    roleArn: choice.role?.roleArn,
    openClient: async () => context.createClient(clientOptions),
    async openSts() {
      const { resolveStsEndpoint } = await import('@describe-image/core/credentials');
      const { protocol, host: name, path } = resolveStsEndpoint({ host });
      return context.createClient({ ...clientOptions, endpoint: `${protocol}//${name}${path}` });
    },
    host,
    probeTimeoutMs: input.options.number('attemptTimeout') ?? 10_000,
    signal: context.signal,
  };
}
