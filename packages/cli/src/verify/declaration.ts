/** An image that is declared in a file, on the command line, or runs in a cluster. */
export interface Declaration {
  /** The reference without its digest; with it if it has no tag. */
  readonly reference: string;
  /** The digest that the file, the command line or the pod's specification names. */
  readonly declared: string | undefined;
  /** The digest that runs. */
  readonly running: string | undefined;
  readonly places: readonly DeclaredPlace[];
}

/** Where an image is declared. */
export interface DeclaredPlace {
  /** A file, or the name of a pod. */
  readonly name: string;
  /** Only in files. */
  readonly line?: number | undefined;
}

/** Merges equal declarations, for example those of the replicas of a deployment. */
export function mergeDeclarations(declarations: readonly Declaration[]): readonly Declaration[] {
  const merged = new Map<string, Declaration>();
  for (const declaration of declarations) {
    const { reference, declared, running, places } = declaration;
    const key = JSON.stringify([reference, declared, running]);
    const known = merged.get(key);
    merged.set(key, known === undefined ? declaration : { ...known, places: [...known.places, ...places] });
  }
  return [...merged.values()];
}

export function placeText({ name, line }: DeclaredPlace): string {
  return line === undefined ? name : `${name}:${line}`;
}
