import {
  type Client,
  describeImageOperation,
  type Explanation,
  type ImageFilter,
} from '@describe-image/core';
import { listImages } from '@describe-image/core/images';
import type { CommandInput } from '../command-definition.ts';
import type { CliContext } from '../context.ts';
import { EXIT, type ExitCode } from '../exit-codes.ts';
import { explanationText } from '../output/explanation-text.ts';
import { envelope, jsonDocument } from '../output/json.ts';
import { palette } from '../output/terminal.ts';
import { withClient } from '../with-client.ts';
import { imageFilterFrom } from './image-filter.ts';
import { imageIds } from './image-ids.ts';

export async function run(input: CommandInput, context: CliContext): Promise<ExitCode> {
  const { options } = input;
  const explain = input.args[0] === 'images' ? explainImages(imageFilterFrom(options)) : explainDigest(input);
  const { explanation, endpoint } = await withClient(input, context, async (client) => ({
    explanation: await explain(client),
    endpoint: client.endpoint.host,
  }));
  if (options.text('output') === 'json') {
    const head = envelope({ source: 'local', observedAt: undefined, requestId: undefined, endpoint });
    context.stdout.write(jsonDocument({ ...head, sent: false, explanation }));
  } else context.stdout.write(explanationText(explanation, palette(context.stdout, options, context)));
  return EXIT.found;
}

type Explain = (client: Client) => Promise<Explanation>;

function explainDigest({ options }: CommandInput): Explain {
  const ids = imageIds(options);
  return (client) => client.explain(describeImageOperation, ids);
}

/** Explains the first request that core builds for a listing, and returns an empty page instead of sending it. */
function explainImages(filter: ImageFilter): Explain {
  return async (client) => {
    const explanations: Explanation[] = [];
    const list = listImages(async (operation, input) => {
      explanations.push(await client.explain(operation, input));
      return {
        output: operation.parseOutput({ PageInfo: {}, ImageInstanceList: [] }, undefined),
        requestId: undefined,
        endpoint: client.endpoint.host,
        observedAt: new Date(0),
        attempts: 0,
      };
    }, filter);
    await list.all();
    const [explanation] = explanations;
    if (explanation === undefined) throw new Error('listImages sent no request');
    return explanation;
  };
}
