import {
  type FoundImage,
  type FoundImages,
  placesOf,
  type SkippedImage,
  splitDigest,
} from './found-image.ts';

const FROM = /^(\s*FROM\s+(?:--\S+\s+)*)(\S+)(?:\s+AS\s+(\S+))?\s*$/i;
const COPY_FROM = /^(\s*(?:COPY|ADD)\s+(?:--\S+\s+)*?--from=)(\S+)/i;
const HEREDOC = /<<-?\s*(["']?)(\w+)\1/g;

/** The images of FROM and COPY --from. Names of earlier stages are not images. */
export function dockerfileImages(text: string): FoundImages {
  const images: FoundImage[] = [];
  const skipped: SkippedImage[] = [];
  const placeOf = placesOf(text);
  const stages = new Set<string>(['scratch']);
  const escapeCharacter = /^\s*#\s*escape\s*=\s*`/im.test(text.split('\n', 3).join('\n')) ? '`' : '\\';
  const heredocs: string[] = [];
  let continues = false;
  let offset = 0;
  for (const raw of text.split('\n')) {
    const line = raw.replace(/\r$/, '');
    const start = offset;
    offset += raw.length + 1;
    if (heredocs.length > 0) {
      if (line.trim() === heredocs[0]) heredocs.shift();
      continue;
    }
    // Comments and empty lines do not end a continued instruction.
    if (/^\s*(?:#.*)?$/.test(line)) continue;
    const isContinuation = continues;
    continues = line.trimEnd().endsWith(escapeCharacter);
    for (const [, , name = ''] of line.matchAll(HEREDOC))
      if (/^\s*(?:RUN|COPY|ADD)\b/i.test(line) || isContinuation) heredocs.push(name);
    if (isContinuation) continue;
    const match = FROM.exec(line) ?? COPY_FROM.exec(line);
    const [, before, value, stage] = match ?? [];
    if (before === undefined || value === undefined) {
      if (/^\s*FROM\b/i.test(line))
        skipped.push({
          text: line.trim(),
          place: placeOf(start),
          reason: 'the instruction has several lines',
        });
      continue;
    }
    const isStage = stages.has(value.toLowerCase()) || (!FROM.test(line) && /^\d+$/.test(value));
    if (stage !== undefined) stages.add(stage.toLowerCase());
    if (isStage) continue;
    const at = start + before.length;
    const place = placeOf(at);
    if (value.includes('$')) skipped.push({ text: value, place, reason: 'contains a variable' });
    else {
      const { name: reference, digest } = splitDigest(value);
      const target = { start: at, end: at + value.length, kind: 'suffix', isQuoted: false } as const;
      images.push({ reference, digest, place, target });
    }
  }
  return { images, skipped };
}
