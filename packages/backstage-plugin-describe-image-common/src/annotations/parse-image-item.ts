import { CONTAINER_IMAGE_IDS_ANNOTATION } from './annotations.ts';
import type { AnnotationFault, AnnotationPlace, DeclaredImage, DeclaredImageIds } from './declared-image.ts';

/** One trimmed item of an annotation. */
export interface AnnotationItem {
  readonly text: string;
  readonly place: AnnotationPlace;
}

const LABEL = /^[^=]{1,63}$/;
const DIGEST = /^sha256:[0-9a-f]{64}$/;
/** Allowed characters only. The back end parses the reference. */
const REFERENCE = /^[\w.:/[\]-]+$/;
const MAX_REFERENCE_LENGTH = 512;
const IDS = /^([a-z0-9-]+)\/([\w-]+)\/([\w-]+):(\w[\w.-]{0,127})$/;

/** Parses `[label =] target[@sha256:…]`. */
export function parseImageItem(item: AnnotationItem): DeclaredImage | AnnotationFault {
  const { text, place } = item;
  const [, label, image = text] = /^([^=]*?)\s*=\s*(.*)$/s.exec(text) ?? [];
  if (label !== undefined && !LABEL.test(label))
    return faultAt(item, 'expected a label of 1 to 63 characters before =');
  const at = image.indexOf('@');
  const key = at < 0 ? image : image.slice(0, at);
  const declaredDigest = at < 0 ? undefined : image.slice(at + 1);
  if (declaredDigest !== undefined && !DIGEST.test(declaredDigest))
    return faultAt(item, 'expected sha256: and 64 lower-case hex digits after @');

  const target = place.annotation === CONTAINER_IMAGE_IDS_ANNOTATION ? parseIds(key) : parseReference(key);
  if (target.fault !== undefined) return faultAt(item, target.fault);
  return {
    key,
    target: target.value,
    ...(declaredDigest === undefined ? {} : { declaredDigest }),
    ...(label === undefined ? {} : { label }),
    place,
  };
}

export function faultAt({ text, place }: AnnotationItem, message: string): AnnotationFault {
  return { place, text: text.slice(0, 200), message };
}

type Parsed<Value> = { readonly value: Value; readonly fault?: undefined } | { readonly fault: string };

function parseReference(key: string): Parsed<string> {
  if (!REFERENCE.test(key) || key.includes('//') || key.length > MAX_REFERENCE_LENGTH)
    return { fault: 'expected host/namespace/repository:tag, without spaces and without https://' };
  if (!/:[^/:]+$/.test(key)) return { fault: 'the reference has no tag; append :tag to the repository' };
  return { value: key };
}

function parseIds(key: string): Parsed<DeclaredImageIds> {
  const [, imageRegionId, imageInstanceId, imageRepoId, imageTag] = IDS.exec(key) ?? [];
  if (!imageRegionId || !imageInstanceId || !imageRepoId || !imageTag)
    return { fault: 'expected region/instance/repository:tag, for example cn-hangzhou/cri-…/crr-…:1.4.2' };
  return { value: { imageRegionId, imageInstanceId, imageRepoId, imageTag } };
}
