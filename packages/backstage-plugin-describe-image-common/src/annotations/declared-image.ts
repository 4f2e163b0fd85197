import type { AnnotationFaultCode } from './fault-codes.ts';

/** The four ids that the operation DescribeImage takes. @public */
export interface DeclaredImageIds {
  readonly imageRegionId: string;
  readonly imageInstanceId: string;
  readonly imageRepoId: string;
  readonly imageTag: string;
}

/** A position in the value of an annotation. Lines and columns start at 1; columns count characters. @public */
export interface AnnotationPlace {
  readonly annotation: string;
  readonly line: number;
  readonly column: number;
}

/** An image listed in an annotation of an entity. @public */
export interface DeclaredImage {
  /** Identifies the image within its instance: the annotation's text without label and digest. */
  readonly key: string;
  /** The image as written: a reference or the four ids. */
  readonly target: string | DeclaredImageIds;
  /** The digest that the owner expects: `sha256:` and 64 hex digits. */
  readonly declaredDigest?: string;
  readonly label?: string;
  readonly place: AnnotationPlace;
}

/** An invalid item of an annotation. The other items of the annotation remain valid. @public */
export interface AnnotationFault {
  readonly place: AnnotationPlace;
  /** The item as written, cut to 200 characters. */
  readonly text: string;
  readonly code: AnnotationFaultCode;
  /** The error, and what to write instead. */
  readonly message: string;
}

/** The parsed annotations of one entity. @public */
export interface ImageDeclaration {
  /** Name of the configured instance. Absent for the first one. */
  readonly instance?: string;
  /** The images whose events notify the owner. Absent for all. */
  readonly notifications?: 'all' | 'releases' | 'none';
  readonly images: readonly DeclaredImage[];
  readonly faults: readonly AnnotationFault[];
}
