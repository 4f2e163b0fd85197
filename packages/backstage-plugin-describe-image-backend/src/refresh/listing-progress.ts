import type { Answer, Call } from '@describe-image/core';
import { describeImageInstancesOperation, type Image, parseImage } from '@describe-image/core/protocol';
import type { Knex } from 'knex';
import { z } from 'zod';
import { parseJson } from '../store/tables.ts';

/** A list of the inventory that can be continued after the task or the back end has ended. */
export interface ResumableListing {
  /** The keys of the images whose rows are kept. The list cannot find images that were declared after it had started. */
  readonly keys: ReadonlySet<string>;
  /** Returns the pages that were already read, and saves the others. */
  resume(call: Call, isWanted: (row: Image) => boolean): Call;
  /** Forgets the pages. Must be called at the end of the list. */
  close(): Promise<void>;
}

/** The lists that are in progress, by instance. */
export interface ListingProgress {
  /** Continues the list of an instance, or starts one for these images. */
  open(instance: string, keys: readonly string[], now: number): Promise<ResumableListing>;
}

/** Pages of a list that was not continued for this long are read again. */
const MAX_PAUSE_MS = 3_600_000;

const pageSchema = z.object({
  rowCount: z.int(),
  totalCount: z.int().optional(),
  /** The wanted rows, as the service returned them. */
  rows: z.array(z.record(z.string(), z.unknown())),
  requestId: z.string().optional(),
  endpoint: z.string(),
  observedAt: z.iso.datetime(),
});
type StoredPage = z.infer<typeof pageSchema>;

/** Creates the store on the tables `listings` and `listing_pages`. */
export function createListingProgress(database: Knex): ListingProgress {
  return {
    async open(instance, keys, now) {
      const row = await database('listings').where({ instance }).first();
      const stored = z.array(z.string()).safeParse(parseJson(row?.image_keys ?? null)).data;
      const known = new Set(stored);
      const isCurrent =
        now - Number(row?.continued_at ?? 0) <= MAX_PAUSE_MS && keys.some((key) => known.has(key));
      if (!isCurrent) {
        await close(instance);
        await database('listings')
          .insert({ instance, image_keys: JSON.stringify(keys), continued_at: now })
          .onConflict('instance')
          .merge();
      }
      const pages = isCurrent ? await readPages(instance) : new Map<number, StoredPage>();
      return {
        keys: isCurrent ? known : new Set(keys),
        resume: (call, isWanted) =>
          resume(call, isWanted, pages, (page, read) => save(instance, page, read, now)),
        close: () => close(instance),
      };
    },
  };

  async function readPages(instance: string): Promise<ReadonlyMap<number, StoredPage>> {
    const rows: { page: number; content: string }[] = await database('listing_pages').where({ instance });
    const pages = new Map<number, StoredPage>();
    for (const { page, content } of rows) {
      const parsed = pageSchema.safeParse(parseJson(content));
      if (parsed.success) pages.set(page, parsed.data);
    }
    return pages;
  }

  async function save(instance: string, page: number, read: StoredPage, now: number): Promise<void> {
    await database('listing_pages')
      .insert({ instance, page, content: JSON.stringify(read) })
      .onConflict(['instance', 'page'])
      .merge();
    await database('listings').where({ instance }).update({ continued_at: now });
  }

  async function close(instance: string): Promise<void> {
    await database('listing_pages').where({ instance }).delete();
    await database('listings').where({ instance }).delete();
  }
}

function resume(
  call: Call,
  isWanted: (row: Image) => boolean,
  pages: ReadonlyMap<number, StoredPage>,
  save: (page: number, read: StoredPage) => Promise<void>,
): Call {
  return async <Input, Output>(...request: Parameters<typeof call<Input, Output>>) => {
    const [operation, input] = request;
    const page = pageOf(operation, input);
    const stored = page === undefined ? undefined : pages.get(page);
    // `pageOf` has identified the operation, whose output this is.
    if (page !== undefined && stored !== undefined) return answerOf(page, stored) as Answer<Output>;
    const answer = await call(...request);
    if (page !== undefined) {
      // As above.
      const { output, requestId, endpoint, observedAt } = answer as Answer<ListingOutput>;
      await save(page, {
        rowCount: output.images.length,
        totalCount: output.totalCount,
        rows: output.images.filter(isWanted).map(({ raw }) => ({ ...raw })),
        requestId,
        endpoint,
        observedAt: observedAt.toISOString(),
      });
    }
    return answer;
  };
}

type ListingOutput = ReturnType<typeof describeImageInstancesOperation.parseOutput>;

/** The number of a page of the whole inventory. */
function pageOf(operation: object, input: unknown): number | undefined {
  if (operation !== describeImageInstancesOperation) return undefined;
  return z.object({ criteria: z.array(z.unknown()).max(0), currentPage: z.int() }).safeParse(input).data
    ?.currentPage;
}

/** The rows that were not kept are replaced, because core counts the rows to find the end of the list. */
function answerOf(page: number, stored: StoredPage): Answer<ListingOutput> {
  const { rowCount, totalCount, rows, requestId, endpoint, observedAt } = stored;
  const replaced = Array.from({ length: rowCount - rows.length }, (_, row) =>
    parseImage({ Uuid: `page ${page} row ${row}` }),
  );
  return {
    output: {
      images: [...rows.map(parseImage), ...replaced],
      totalCount,
      currentPage: page,
      pageSize: undefined,
      count: rowCount,
    },
    requestId,
    endpoint,
    observedAt: new Date(observedAt),
    attempts: 0,
  };
}
