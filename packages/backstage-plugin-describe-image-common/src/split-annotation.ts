import type { AnnotationPlace } from './declared-image.ts';

/** One item of a list, trimmed, and where it begins. */
export interface AnnotationItem {
  readonly text: string;
  readonly place: AnnotationPlace;
}

/** Splits at commas and line ends. Empty items, and lines that begin with `#`, are passed over. */
export function splitAnnotation(annotation: string, value: string): AnnotationItem[] {
  return value.split(/\r\n|\r|\n/).flatMap((line, index) => {
    if (line.trimStart().startsWith('#')) return [];
    let offset = 0;
    return line.split(',').flatMap((piece) => {
      const text = piece.trim();
      const column = offset + piece.length - piece.trimStart().length + 1;
      offset += piece.length + 1;
      return text === '' ? [] : [{ text, place: { annotation, line: index + 1, column } }];
    });
  });
}
