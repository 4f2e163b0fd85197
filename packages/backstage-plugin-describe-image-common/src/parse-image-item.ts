import { CONTAINER_IMAGE_IDS_ANNOTATION } from './annotations.ts';
import type { AnnotationFault, DeclaredImage, DeclaredImageIds } from './declared-image.ts';
import type { AnnotationItem } from './split-annotation.ts';

const LABEL = /^[^=]{1,63}$/;
const DIGEST = /^sha256:[0-9a-f]{64}$/;
/** The characters of a reference; what they mean is the back end's to say. */
const REFERENCE = /^[\w.:/[\]-]+$/;
const LONGEST_REFERENCE = 512;
const IDS = /^([a-z0-9-]+)\/([\w-]+)\/([\w-]+):(\w[\w.-]{0,127})$/;

/** Reads `[label =] target[@sha256:…]`. */
export function parseImageItem(item: AnnotationItem): DeclaredImage | AnnotationFault {
  const { text, place } = item;
  const refuse = (message: string): AnnotationFault => ({ place, text: text.slice(0, 200), message });

  const [, label, image = text] = /^([^=]*?)\s*=\s*(.*)$/s.exec(text) ?? [];
  if (label !== undefined && !LABEL.test(label))
    return refuse('a label has 1 to 63 characters, before the =');
  const at = image.indexOf('@');
  const key = at < 0 ? image : image.slice(0, at);
  const declaredDigest = at < 0 ? undefined : image.slice(at + 1);
  if (declaredDigest !== undefined && !DIGEST.test(declaredDigest))
    return refuse('what follows @ must be sha256: and 64 lower-case hex digits');

  const target = place.annotation === CONTAINER_IMAGE_IDS_ANNOTATION ? parseIds(key) : parseReference(key);
  if (target.fault !== undefined) return refuse(target.fault);
  return {
    key,
    target: target.value,
    ...(declaredDigest === undefined ? {} : { declaredDigest }),
    ...(label === undefined ? {} : { label }),
    place,
  };
}

type Parsed<Value> = { readonly value: Value; readonly fault?: undefined } | { readonly fault: string };

function parseReference(key: string): Parsed<string> {
  if (!REFERENCE.test(key) || key.includes('//') || key.length > LONGEST_REFERENCE)
    return { fault: 'wanted host/namespace/repository:tag, without spaces and without https://' };
  if (!/:[^/:]+$/.test(key)) return { fault: 'the reference names no tag: put :tag behind the repository' };
  return { value: key };
}

function parseIds(key: string): Parsed<DeclaredImageIds> {
  const [, imageRegionId, imageInstanceId, imageRepoId, imageTag] = IDS.exec(key) ?? [];
  if (!imageRegionId || !imageInstanceId || !imageRepoId || !imageTag)
    return { fault: 'wanted region/instance/repository:tag, for example cn-hangzhou/cri-…/crr-…:1.4.2' };
  return { value: { imageRegionId, imageInstanceId, imageRepoId, imageTag } };
}
