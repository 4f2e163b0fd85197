import { type Client, describeImageOperation, type Explanation } from '@describe-image/core';
import { listImages, locateImage } from '@describe-image/core/images';
import type { Call } from '@describe-image/core/protocol';
import type { CommandInput } from '../command-definition.ts';
import { UsageError } from '../command-error.ts';
import type { CliContext } from '../context.ts';
import { EXIT, type ExitCode } from '../exit-codes.ts';
import { explanationText } from '../output/explanation-text.ts';
import { envelope, jsonDocument } from '../output/json.ts';
import { palette } from '../output/terminal.ts';
import { type ClientSettings, withClient } from '../with-client.ts';
import { imageFilterFrom } from './image-filter.ts';
import { imageIds } from './image-ids.ts';
import { hintsFor } from './reference-hints.ts';

export async function run(input: CommandInput, context: CliContext): Promise<ExitCode> {
  const { options } = input;
  const explain = explanationFor(input);
  const { explanation, endpoint } = await withClient(
    input,
    context,
    async (client) => ({ explanation: await explain(client), endpoint: client.endpoint.host }),
    keysFor(input),
  );
  if (options.text('output') === 'json') {
    const head = envelope({ source: 'local', observedAt: undefined, requestId: undefined, endpoint });
    context.stdout.write(jsonDocument({ ...head, sent: false, explanation }));
  } else context.stdout.write(explanationText(explanation, palette(context.stdout, options, context)));
  return EXIT.found;
}

/** Signatures are masked in the output, so that a placeholder secret is enough to show the stages. */
function keysFor({ options }: CommandInput): ClientSettings {
  const accessKeyId = options.text('accessKeyId');
  const keys = { accessKeyId: accessKeyId ?? 'YourAccessKeyId', accessKeySecret: 'YourAccessKeySecret' };
  return accessKeyId === undefined ? { placeholder: keys } : { keys };
}

type Explain = (client: Client) => Promise<Explanation>;

/** @throws UsageError for more than one request. */
function explanationFor({ args, options }: CommandInput): Explain {
  const [first, ...others] = args;
  const [reference, ...rest] = first === 'digest' ? others : args;
  if (rest.length > 0)
    throw new UsageError(
      `explain: expected one request, got ${args.join(' ')}`,
      'Give digest with a reference or the four ids, or images with its conditions.',
    );
  if (reference === 'images') {
    const filter = imageFilterFrom(options);
    return (client) => firstRequest(client, (call) => listImages(call, filter).all());
  }
  if (reference !== undefined) {
    const hints = hintsFor(reference, options);
    return (client) => firstRequest(client, (call) => locateImage(call, reference, hints));
  }
  const ids = imageIds(options);
  return (client) => client.explain(describeImageOperation, ids);
}

/** Explains the first request that core builds, and sends nothing. */
export async function firstRequest(
  client: Client,
  build: (call: Call) => Promise<unknown>,
): Promise<Explanation> {
  let explanation: Explanation | undefined;
  const built = new Error('the request is built');
  try {
    await build(async (operation, input) => {
      explanation = await client.explain(operation, input);
      throw built;
    });
  } catch (error) {
    if (error !== built || explanation === undefined) throw error;
  }
  if (explanation === undefined) throw new Error('core built no request');
  return explanation;
}
