import { CONTAINER_IMAGE_IDS_ANNOTATION } from './annotations.ts';
import type { AnnotationFault, AnnotationPlace, DeclaredImage, DeclaredImageIds } from './declared-image.ts';
import { type AnnotationFaultCode, FAULT_MESSAGES } from './fault-codes.ts';

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
  if (label !== undefined && !LABEL.test(label)) return faultAt(item, 'label');
  const at = image.indexOf('@');
  const key = at < 0 ? image : image.slice(0, at);
  const declaredDigest = at < 0 ? undefined : image.slice(at + 1);
  if (declaredDigest !== undefined && !DIGEST.test(declaredDigest)) return faultAt(item, 'digest');

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

export function faultAt({ text, place }: AnnotationItem, code: AnnotationFaultCode): AnnotationFault {
  return { place, text: text.slice(0, 200), code, message: FAULT_MESSAGES[code] };
}

type Parsed<Value> =
  | { readonly value: Value; readonly fault?: undefined }
  | { readonly fault: AnnotationFaultCode };

function parseReference(key: string): Parsed<string> {
  if (!REFERENCE.test(key) || key.includes('//') || key.length > MAX_REFERENCE_LENGTH)
    return { fault: 'reference' };
  if (!/:[^/:]+$/.test(key)) return { fault: 'no-tag' };
  return { value: key };
}

function parseIds(key: string): Parsed<DeclaredImageIds> {
  const [, imageRegionId, imageInstanceId, imageRepoId, imageTag] = IDS.exec(key) ?? [];
  if (!imageRegionId || !imageInstanceId || !imageRepoId || !imageTag) return { fault: 'ids' };
  return { value: { imageRegionId, imageInstanceId, imageRepoId, imageTag } };
}
