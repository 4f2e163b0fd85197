import { UsageError } from '../command-error.ts';

/** A change of a tag. One line of the history file. */
export interface TagEvent {
  readonly schemaVersion: 1;
  /** `moved-back`: to a digest that the tag had before. `baseline`: the first observation of this file. */
  readonly event: 'baseline' | 'new' | 'moved' | 'moved-back' | 'gone';
  /** registry/namespace/repository:tag, as far as it is known. */
  readonly image: string;
  /** Identifies the tag, also if its name is ambiguous. */
  readonly key: string;
  readonly from: string | null;
  readonly to: string | null;
  /** When the change was observed. */
  readonly at: string;
  /** When the previous digest was observed first. */
  readonly since: string | null;
  /** What was observed: `references`, or the conditions of the list. */
  readonly scope: string;
}

/** A tag in the latest observation. */
export interface ObservedTag {
  readonly key: string;
  readonly image: string;
  readonly digest: string | undefined;
}

interface KnownTag {
  readonly image: string;
  digest: string | null;
  since: string;
  readonly earlier: Set<string>;
}

/** The tags of a history file: their digests and the earlier ones. */
export class TagHistory {
  readonly #tags = new Map<string, KnownTag>();
  readonly #scope: string;

  /** Lines of another scope are ignored: a tag that another list does not contain is not gone. */
  constructor(scope: string) {
    this.#scope = scope;
  }

  /** Replays a line. */
  add({ key, image, to, at, scope }: TagEvent): void {
    if (scope !== this.#scope) return;
    const known = this.#tags.get(key);
    const earlier = known?.earlier ?? new Set<string>();
    if (known?.digest) earlier.add(known.digest);
    this.#tags.set(key, { image, digest: to, since: at, earlier });
  }

  get isEmpty(): boolean {
    return this.#tags.size === 0;
  }

  /**
   * The changes since the history.
   *
   * @param isObserved - Whether the absence of a tag means that it is gone.
   */
  changes(
    observed: readonly ObservedTag[],
    at: string,
    isObserved: (key: string) => boolean,
  ): readonly TagEvent[] {
    const scope = this.#scope;
    const isBaseline = this.isEmpty;
    const events: TagEvent[] = [];
    const seen = new Set<string>();
    for (const { key, image, digest } of observed) {
      seen.add(key);
      const known = this.#tags.get(key);
      // An unknown digest is no change.
      if (digest === undefined || known?.digest === digest) continue;
      const event = isBaseline
        ? 'baseline'
        : known?.digest == null
          ? 'new'
          : known.earlier.has(digest)
            ? 'moved-back'
            : 'moved';
      events.push(eventOf(event, { key, image, from: known?.digest ?? null, to: digest, at, known, scope }));
    }
    for (const [key, known] of this.#tags)
      if (known.digest !== null && !seen.has(key) && isObserved(key)) {
        const { image, digest: from } = known;
        events.push(eventOf('gone', { key, image, from, to: null, at, known, scope }));
      }
    return events;
  }
}

function eventOf(
  event: TagEvent['event'],
  {
    known,
    ...fields
  }: Pick<TagEvent, 'key' | 'image' | 'from' | 'to' | 'at' | 'scope'> & {
    readonly known: KnownTag | undefined;
  },
): TagEvent {
  return { schemaVersion: 1, event, ...fields, since: known?.since ?? null };
}

/** The events of a history file. A last line that a crash cut is ignored. @throws UsageError for another file. */
export function parseHistory(path: string, text: string): readonly TagEvent[] {
  const events: TagEvent[] = [];
  const lines = text.split('\n');
  for (const [index, line] of lines.entries()) {
    if (line === '') continue;
    const event = parseEvent(line);
    if (event !== undefined) events.push(event);
    else if (index < lines.length - 1)
      throw new UsageError(
        `${path}:${index + 1}: no line of a history file`,
        'Give a file that `watch` wrote.',
      );
  }
  return events;
}

function parseEvent(line: string): TagEvent | undefined {
  try {
    const value: unknown = JSON.parse(line);
    if (typeof value !== 'object' || value === null) return undefined;
    const { event, image, key, at, to, scope } = value as Partial<Record<string, unknown>>;
    const isEvent =
      [event, image, key, at, scope].every((field) => typeof field === 'string') &&
      (to === null || typeof to === 'string');
    // The fields that are read were checked.
    return isEvent ? (value as TagEvent) : undefined;
  } catch {
    return undefined;
  }
}
