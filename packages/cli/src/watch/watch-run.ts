import { setTimeout as sleep } from 'node:timers/promises';
import type { Image } from '@describe-image/core';
import { observeListing, repositoryName } from '@describe-image/core/images';
import { AbortError } from '@describe-image/core/protocol';
import { resolveAll } from '../batch/resolve-all.ts';
import type { CommandInput } from '../command-definition.ts';
import { imageFilterFrom } from '../commands/image-filter.ts';
import { HISTORY_OUTPUTS } from '../commands/output-formats.ts';
import type { CliContext } from '../context.ts';
import { EXIT, type ExitCode } from '../exit-codes.ts';
import { jsonLine } from '../output/json.ts';
import { createProgress } from '../output/progress.ts';
import { printable } from '../output/terminal.ts';
import { withClient } from '../with-client.ts';
import { appendHistory, readHistory } from './history-file.ts';
import { notify, short, type Webhook } from './notify.ts';
import { type ObservedTag, type TagEvent, TagHistory } from './tag-history.ts';

export { operations } from '../commands/digest-operations.ts';

const FILE = 'describe-image-history.ndjson';
const INTERVAL_MS = 300_000;

export async function run(input: CommandInput, context: CliContext): Promise<ExitCode> {
  const { options } = input;
  const path = options.text('file') ?? FILE;
  const history = new TagHistory(scopeOf(input));
  for (const event of await readHistory(path)) history.add(event);
  const webhooks = webhooksFrom(input, context);
  for (;;) {
    const isBaseline = history.isEmpty;
    const { tags, isObserved } = await observe(input, context);
    const events = history.changes(tags, new Date().toISOString(), isObserved);
    // Recorded before it is sent: a crash then loses a notification, not the history.
    await appendHistory(path, events);
    for (const event of events) history.add(event);
    if (isBaseline) context.stderr.write(`recorded ${events.length} tags in ${path}\n`);
    else {
      for (const event of events) context.stdout.write(eventText(event));
      if (events.length > 0)
        for (const webhook of webhooks) await notify(webhook, events, { signal: context.signal });
    }
    if (options.flag('once')) return EXIT.found;
    await sleep(options.number('interval') ?? INTERVAL_MS, undefined, { signal: context.signal }).catch(
      () => {
        throw new AbortError('interrupted');
      },
    );
  }
}

/** Prints a history file. Needs no keys. */
export async function runHistory({ args, options }: CommandInput, { stdout }: CliContext): Promise<ExitCode> {
  const events = await readHistory(options.text('file') ?? FILE);
  const isNdjson = options.choice('output', HISTORY_OUTPUTS, 'text') === 'ndjson';
  for (const event of events)
    if (args.length === 0 || args.some((text) => event.image.includes(text)))
      stdout.write(isNdjson ? jsonLine(event) : eventText(event));
  return EXIT.found;
}

interface Observed {
  readonly tags: readonly ObservedTag[];
  /** Whether the absence of a tag means that it is gone. */
  readonly isObserved: (key: string) => boolean;
}

function scopeOf({ args, options }: CommandInput): string {
  return args.length > 0 ? 'references' : JSON.stringify(imageFilterFrom(options));
}

async function observe(input: CommandInput, context: CliContext): Promise<Observed> {
  const { signal } = context;
  if (input.args.length > 0) {
    const options = { source: 'live', signal } as const;
    const resolutions = await resolveAll(input.args, input, context, options, async () => undefined);
    const tags = [...resolutions].flatMap(([reference, { resolved, error }]) => {
      // A missing tag is gone. Another problem is not an observation.
      if (error !== undefined && error.code !== 'NotFound') throw error;
      return resolved === undefined ? [] : [{ key: reference, image: reference, digest: resolved.digest }];
    });
    return { tags, isObserved: (key) => input.args.includes(key) };
  }
  const filter = imageFilterFrom(input.options);
  const progress = createProgress(context, input.options);
  try {
    return await withClient(input, context, async (client) => {
      const images: Image[] = [];
      let isComplete = true;
      for await (const page of client.listImages(filter, { signal }).pages()) {
        // `raw` repeats the fields, and would double the memory.
        for (const image of page.images) images.push({ ...image, raw: {} });
        // Rows that moved between two pages are missing from the list.
        isComplete = !page.inventoryChanged;
        progress.show(`reading the inventory: ${images.length} of ${page.totalCount ?? '?'} images`);
      }
      return { tags: tagsOf(images), isObserved: () => isComplete };
    });
  } finally {
    progress.clear();
  }
}

/** One tag for each row; the newest row of a tag that has several. */
function tagsOf(images: readonly Image[]): readonly ObservedTag[] {
  const listing = {
    images,
    totalCount: images.length,
    inventoryChanged: false,
    requestIds: [],
    endpoint: '',
    attempts: 0,
    source: 'DescribeImageInstances' as const,
    observedAt: new Date(),
  };
  return observeListing(listing).flatMap(({ image }) => {
    if (image?.tag === undefined) return [];
    const { regionId, instanceId, repoId, repoNamespace, repoName, tag, digest } = image;
    const key = JSON.stringify([regionId, instanceId, repoId ?? [repoNamespace, repoName], tag]);
    return { key, image: `${repositoryName(undefined, image) ?? '?'}:${tag}`, digest };
  });
}

function webhooksFrom({ options }: CommandInput, { environment }: CliContext): readonly Webhook[] {
  const generic = options.text('webhook');
  const slack = options.text('slack');
  const dingtalk = options.text('dingtalk');
  const secret = environment['DESCRIBE_IMAGE_DINGTALK_SECRET'] || undefined;
  return [
    ...(generic === undefined ? [] : [{ kind: 'generic' as const, url: generic }]),
    ...(slack === undefined ? [] : [{ kind: 'slack' as const, url: slack }]),
    ...(dingtalk === undefined ? [] : [{ kind: 'dingtalk' as const, url: dingtalk, secret }]),
  ];
}

function eventText({ at, event, image, from, to }: TagEvent): string {
  return `${at}  ${event.padEnd(10)}  ${printable(image)}  ${short(from)} → ${short(to)}\n`;
}
