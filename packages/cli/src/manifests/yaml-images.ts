import {
  type Document,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  type Node,
  parseAllDocuments,
  type Scalar,
  type YAMLMap,
} from 'yaml';
import {
  type EditTarget,
  type FoundImage,
  type FoundImages,
  placesOf,
  type SkippedImage,
  splitDigest,
} from './found-image.ts';

/** How images are written in a document. */
type Dialect = 'kubernetes' | 'kustomize' | 'compose' | 'helm';

/** The images of all documents of a YAML or JSON file. */
export function yamlImages(path: string, text: string): FoundImages {
  const collector = new Collector(text);
  for (const document of parseAllDocuments(text, { keepSourceTokens: true, merge: true })) {
    if (!('contents' in document)) continue;
    const [error] = document.errors;
    if (error !== undefined)
      collector.skip(error.pos[0], path, `not YAML: ${error.message.split('\n', 1)[0]}`);
    else if (isMap(document.contents))
      new Reader(document, collector).read(dialectOf(path, document.contents));
  }
  return collector;
}

function dialectOf(path: string, root: YAMLMap): Dialect | undefined {
  const name = path.split(/[\\/]/).at(-1) ?? '';
  if (root.get('kind') === 'Kustomization' || /^kustomization\.ya?ml$/i.test(name)) return 'kustomize';
  if (root.has('apiVersion') && root.has('kind')) return 'kubernetes';
  if (isMap(root.get('services')) && !/values/i.test(name)) return 'compose';
  return /values/i.test(name) ? 'helm' : undefined;
}

class Collector implements FoundImages {
  readonly images: FoundImage[] = [];
  readonly skipped: SkippedImage[] = [];
  readonly #text: string;
  readonly #placeOf: ReturnType<typeof placesOf>;
  readonly #seen = new Set<number>();

  constructor(text: string) {
    this.#text = text;
    this.#placeOf = placesOf(text);
  }

  skip(offset: number, text: string, reason: string): void {
    this.skipped.push({ text, place: this.#placeOf(offset), reason });
  }

  /** A scalar that is a whole reference, or the tag or digest of `repository`. */
  add(scalar: Scalar, whole: { readonly repository?: string; readonly tag?: string } = {}): void {
    const span = spanOf(scalar, this.#text);
    const [offset = 0] = scalar.range ?? [];
    // An anchored image is found again at each of its aliases.
    if (this.#seen.has(offset)) return;
    this.#seen.add(offset);
    const value = String(scalar.source ?? scalar.value ?? '');
    const { repository, tag } = whole;
    const isField = tag !== undefined;
    const full =
      repository === undefined ? value : isField ? `${repository}:${tag}` : `${repository}:${value}`;
    if (span === undefined) this.skip(offset, full, 'is a block scalar, or contains escapes');
    else if (/\$|\{\{/.test(full)) this.skip(offset, full, 'contains a variable');
    else if (value === '' && !isField) this.skip(offset, full, 'is empty');
    else {
      const { name, digest } = splitDigest(full);
      const target = { ...span, kind: isField ? ('field' as const) : ('suffix' as const) };
      const place = this.#placeOf(span.start);
      this.images.push({ reference: name, digest: isField ? value || undefined : digest, place, target });
    }
  }
}

/** The characters of a scalar between its quotes. `undefined` for block scalars and escapes, whose characters differ from the value. */
function spanOf(scalar: Scalar, text: string): Omit<EditTarget, 'kind'> | undefined {
  const { range, type } = scalar;
  if (range == null || type === 'BLOCK_LITERAL' || type === 'BLOCK_FOLDED') return undefined;
  const quotes = type === 'QUOTE_DOUBLE' || type === 'QUOTE_SINGLE' ? 1 : 0;
  const [start, end] = [range[0] + quotes, range[1] - quotes];
  const value = quotes === 1 ? String(scalar.value) : (scalar.source ?? '');
  return text.slice(start, end) === value ? { start, end, isQuoted: quotes === 1 } : undefined;
}

class Reader {
  readonly #document: Document;
  readonly #found: Collector;

  constructor(document: Document, found: Collector) {
    this.#document = document;
    this.#found = found;
  }

  read(dialect: Dialect | undefined): void {
    const root = this.#document.contents;
    if (dialect === 'kubernetes') this.#object(root);
    else if (dialect === 'kustomize') this.#items(this.#at(root, 'images'), (entry) => this.#override(entry));
    else if (dialect === 'compose')
      this.#values(this.#at(root, 'services'), (service) => this.#image(service));
    else if (dialect === 'helm') this.#helm(root);
  }

  /** Workloads of all kinds, and lists of them. */
  #object(object: unknown): void {
    this.#items(this.#at(object, 'items'), (item) => this.#object(item));
    for (const path of POD_SPECS) {
      const spec = path.reduce((node, key) => this.#at(node, key), object);
      for (const field of ['initContainers', 'containers', 'ephemeralContainers'])
        this.#items(this.#at(spec, field), (container) => this.#image(container));
    }
  }

  #image(holder: unknown): void {
    const image = this.#at(holder, 'image');
    if (isScalar(image)) this.#found.add(image);
  }

  /** An entry of `images` in Kustomize: its digest if it has one, else the digest after the tag. */
  #override(entry: unknown): void {
    const name = this.#text(entry, 'newName') ?? this.#text(entry, 'name');
    const tag = this.#at(entry, 'newTag');
    const digest = this.#at(entry, 'digest');
    if (name === undefined) return;
    if (isScalar(digest) && isScalar(tag)) this.#found.add(digest, { repository: name, tag: sourceOf(tag) });
    else if (isScalar(tag)) this.#found.add(tag, { repository: name });
    else this.#found.skip(offsetOf(entry), name, 'has no newTag');
  }

  /** Values have no schema: maps with `repository` and `tag`, and texts named `image`. */
  #helm(node: unknown): void {
    const resolved = this.#resolve(node);
    if (isSeq(resolved)) for (const item of resolved.items) this.#helm(item);
    if (!isMap(resolved)) return;
    const repository = this.#text(resolved, 'repository');
    const tag = this.#at(resolved, 'tag');
    if (repository !== undefined && isScalar(tag)) {
      const registry = this.#text(resolved, 'registry');
      const name = registry ? `${registry}/${repository}` : repository;
      const digest = this.#at(resolved, 'digest');
      // An unquoted empty value is null, as a removed one is, so the tag has the digest then.
      const isField = isScalar(digest) && (digest.type?.startsWith('QUOTE') || digest.value !== null);
      if (isField && sourceOf(tag) !== '') this.#found.add(digest, { repository: name, tag: sourceOf(tag) });
      else this.#found.add(tag, { repository: name });
    }
    const image = this.#at(resolved, 'image');
    if (isScalar(image) && /[/:]/.test(sourceOf(image))) this.#found.add(image);
    for (const { value } of resolved.items) this.#helm(value);
  }

  /** The value of a key, also from a merged map, with aliases resolved. */
  #at(node: unknown, key: string): unknown {
    const map = this.#resolve(node);
    if (!isMap(map)) return undefined;
    const own = map.items.find((pair) => isScalar(pair.key) && pair.key.value === key);
    if (own !== undefined) return this.#resolve(own.value);
    for (const pair of map.items) {
      if (!isScalar(pair.key) || pair.key.source !== '<<') continue;
      const merged = this.#resolve(pair.value);
      for (const source of isSeq(merged) ? merged.items : [merged]) {
        const value = this.#at(source, key);
        if (value !== undefined) return value;
      }
    }
    return undefined;
  }

  #text(node: unknown, key: string): string | undefined {
    const value = this.#at(node, key);
    return isScalar(value) && typeof value.value === 'string' ? value.value : undefined;
  }

  #items(node: unknown, visit: (item: unknown) => void): void {
    const list = this.#resolve(node);
    if (isSeq(list)) list.items.forEach(visit);
  }

  #values(node: unknown, visit: (value: unknown) => void): void {
    const map = this.#resolve(node);
    if (isMap(map)) for (const { value } of map.items) visit(value);
  }

  #resolve(node: unknown): unknown {
    return isAlias(node) ? node.resolve(this.#document) : node;
  }
}

/** Pod, the kinds with a template (custom ones too), CronJob, PodTemplate. */
const POD_SPECS = [
  ['spec'],
  ['spec', 'template', 'spec'],
  ['spec', 'jobTemplate', 'spec', 'template', 'spec'],
  ['template', 'spec'],
] as const;

/** As written: a tag such as 1.10 is not a number. */
function sourceOf(scalar: Scalar): string {
  return typeof scalar.value === 'string' ? scalar.value : (scalar.source ?? '');
}

function offsetOf(node: unknown): number {
  return (node as Node | undefined)?.range?.[0] ?? 0;
}
