/** The four ids that DescribeImage asks for. @public */
export interface DeclaredImageIds {
  readonly imageRegionId: string;
  readonly imageInstanceId: string;
  readonly imageRepoId: string;
  readonly imageTag: string;
}

/** Where in an annotation something stands. Lines and columns count from 1, in characters of the annotation's value. @public */
export interface AnnotationPlace {
  readonly annotation: string;
  readonly line: number;
  readonly column: number;
}

/** An image that an entity says it is made of. @public */
export interface DeclaredImage {
  /** Names the image within its instance: what was written, without label and digest. */
  readonly key: string;
  /** What was written: a reference, or the four ids. */
  readonly target: string | DeclaredImageIds;
  /** `sha256:` and 64 hex digits: what the entity's owner says that the tag is. */
  readonly declaredDigest?: string;
  readonly label?: string;
  readonly place: AnnotationPlace;
}

/** A piece of an annotation that could not be read; the others stand. @public */
export interface AnnotationFault {
  readonly place: AnnotationPlace;
  /** What stands there, cut to 200 characters. */
  readonly text: string;
  /** What is wrong with it and what to write. */
  readonly message: string;
}

/** Everything that the annotations of one entity say. @public */
export interface ImageDeclaration {
  /** The instance by its name in the configuration; absent for the first one. */
  readonly instance?: string;
  readonly images: readonly DeclaredImage[];
  readonly faults: readonly AnnotationFault[];
}
