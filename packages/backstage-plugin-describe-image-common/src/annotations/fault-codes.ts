/** The errors of annotations, with what to write instead. Interfaces translate them by their codes. */
export const FAULT_MESSAGES = {
  label: 'expected a label of 1 to 63 characters before =',
  digest: 'expected sha256: and 64 lower-case hex digits after @',
  reference: 'expected host/namespace/repository:tag, without spaces and without https://',
  'no-tag': 'the reference has no tag; append :tag to the repository',
  ids: 'expected region/instance/repository:tag, for example cn-hangzhou/cri-…/crr-…:1.4.2',
  duplicate: 'this image is declared twice; remove one of the two',
  'too-many': 'an entity can declare at most 100 images; move some to the components that run them',
  instance: 'expected the name of an instance in the configuration of the back end: letters, digits, _ . -',
  notifications: 'expected all, releases or none',
} as const;

/** Identifies the error of an invalid item. @public */
export type AnnotationFaultCode = keyof typeof FAULT_MESSAGES;

export const FAULT_CODES: readonly [AnnotationFaultCode, ...AnnotationFaultCode[]] = [
  'label',
  'digest',
  'reference',
  'no-tag',
  'ids',
  'duplicate',
  'too-many',
  'instance',
  'notifications',
];
