import { readFileSync, writeFileSync } from 'node:fs';
import { CommanderError } from 'commander';
import { createEmulator } from '../create-emulator.ts';
import type { Emulator } from '../emulator.ts';
import type { LoggedRequest } from '../request-log.ts';
import type { TlsCertificate } from '../tls-certificate.ts';
import { demoCredentials } from '../world/demo-seed.ts';
import { parseSeed, SeedError } from '../world/parse-seed.ts';
import type { Seed } from '../world/seed.ts';
import { type CommandOptions, createCommand } from './command-options.ts';

/** The parts of the process that the command uses. */
export interface CommandContext {
  readonly version: string;
  readonly stdout: (line: string) => void;
  readonly stderr: (line: string) => void;
}

// Exit codes: the emulator could not start; an option or a seed is wrong.
const EXIT_FAILURE = 1;
const EXIT_USAGE = 2;

/**
 * Starts an emulator with the options of a command line.
 *
 * @returns the running emulator, or the exit code when none was started.
 */
export async function runCommand(
  argv: readonly string[],
  context: CommandContext,
): Promise<Emulator | number> {
  const { stdout, stderr } = context;
  const command = createCommand(context.version)
    .exitOverride()
    .configureOutput({
      writeOut: (text) => stdout(text.trimEnd()),
      writeErr: (text) => stderr(text.trimEnd()),
    });
  try {
    command.parse(argv, { from: 'user' });
    const options = command.opts<CommandOptions>();
    const emulator = await createEmulator({
      port: options.port,
      host: options.host,
      lenient: options.lenient,
      clock: options.clock,
      assumptions: options.assume,
      seed: options.seed === undefined ? undefined : readSeed(options.seed),
      adminToken: options.adminToken,
      tls: tlsOption(options),
      onRequest: (request) => report(request, options, stderr),
    });
    if (options.saveCert !== undefined && emulator.certificate !== undefined)
      await saveCertificate(options.saveCert, emulator);
    printUsage(emulator, options, stdout);
    return emulator;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : EXIT_USAGE;
    stderr(`error: ${describe(error)}`);
    return error instanceof RangeError || error instanceof SeedError ? EXIT_USAGE : EXIT_FAILURE;
  }
}

function describe(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const taken = 'code' in error && error.code === 'EADDRINUSE';
  return taken ? `${error.message}; set another --port, or 0 for a free one` : error.message;
}

/** @throws {RangeError} for options that do not fit together, and for a file that cannot be read. */
function tlsOption({ tls, tlsCert, tlsKey, saveCert }: CommandOptions): boolean | TlsCertificate {
  if ((tlsCert === undefined) !== (tlsKey === undefined))
    throw new RangeError('--tls-cert and --tls-key must be given together');
  if (saveCert !== undefined && !tls && tlsCert === undefined)
    throw new RangeError('--save-cert requires --tls');
  if (tlsCert === undefined || tlsKey === undefined) return tls;
  return { cert: readPem('--tls-cert', tlsCert), key: readPem('--tls-key', tlsKey) };
}

function readPem(flag: string, file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    throw new RangeError(`${flag} ${file}: the file cannot be read`);
  }
}

/** Stops the emulator when the file cannot be written. */
async function saveCertificate(file: string, emulator: Emulator): Promise<void> {
  try {
    writeFileSync(file, emulator.certificate ?? '');
  } catch {
    await emulator.close();
    throw new RangeError(`--save-cert ${file}: the file cannot be written`);
  }
}

function readSeed(file: string): Seed {
  let document: unknown;
  try {
    document = JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    // The message of the parser quotes the file, including its keys.
    const reason = error instanceof SyntaxError ? 'the file is not JSON' : 'the file cannot be read';
    throw new SeedError(`--seed ${file}: ${reason}`);
  }
  return parseSeed(document, file);
}

function printUsage(emulator: Emulator, options: CommandOptions, stdout: (line: string) => void): void {
  stdout(`Security Center, STS:  ${emulator.url}`);
  stdout(`Instance metadata:     ${emulator.metadataUrl}/latest/`);
  stdout(`Credentials URI:       ${emulator.credentialsUri}`);
  stdout('');
  if (options.seed === undefined) {
    stdout('Try it:');
    stdout(`  export ALIBABA_CLOUD_ACCESS_KEY_ID=${demoCredentials.accessKeyId}`);
    stdout(`  export ALIBABA_CLOUD_ACCESS_KEY_SECRET=${demoCredentials.accessKeySecret}`);
  } else {
    stdout(
      'Try it (set ALIBABA_CLOUD_ACCESS_KEY_ID and ALIBABA_CLOUD_ACCESS_KEY_SECRET to a key of your seed):',
    );
  }
  if (options.saveCert !== undefined) stdout(`  export NODE_EXTRA_CA_CERTS=${options.saveCert}`);
  stdout(`  describe-image images --endpoint ${emulator.url}`);
  stdout('');
  stdout('Press Ctrl+C to stop.');
}

function report(request: LoggedRequest, options: CommandOptions, stderr: (line: string) => void): void {
  if (request.warning !== undefined) {
    stderr(`warning: ${request.operation ?? 'request'} would be rejected: ${request.warning}`);
  }
  if (!options.log) return;
  const outcome = [request.status ?? 'no answer', request.code, request.fault && `fault ${request.fault}`];
  const name = request.operation ?? request.method;
  stderr(
    `${new Date(request.time).toISOString()} ${name} ${outcome.filter(Boolean).join(' ')} ${request.requestId}`.trimEnd(),
  );
}
