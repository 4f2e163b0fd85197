import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Flex, Text } from '@backstage/ui';
import type { ImageReport, ImageState } from '@describe-image/backstage-plugin-describe-image-common';
import type { ReactElement } from 'react';
import { CopyableBlock } from '../elements/copy-button.tsx';
import { describeImageTranslationRef } from '../translations/translation-ref.ts';
import { ImageFailureAlert } from './image-failure.tsx';
import { imageName, pinnedLine } from './image-name.ts';

/** What to do about the state of an image: the remedy of a failure, or a sentence and the line to write. */
export function NextStep(props: { readonly image: ImageReport; readonly state: ImageState }): ReactElement {
  const { t } = useTranslationRef(describeImageTranslationRef);
  const { image, state } = props;
  const { failure, live, scanned } = image;
  const line = pinnedLine(image);
  const step = stepOf(image, state);
  return (
    <Flex direction="column" gap="2" style={{ minWidth: 0 }}>
      {failure !== undefined && (
        <ImageFailureAlert
          failure={failure}
          note={
            live === undefined && scanned === undefined
              ? t('imageFailure.noObservation')
              : t('imageFailure.earlierObservation')
          }
        />
      )}
      {step !== undefined && (
        <Text as="p" style={{ margin: 0 }} variant="body-small">
          {t(`nextStep.${step}`)}
        </Text>
      )}
      {(step === 'acceptDigest' || step === 'pin') && line !== undefined && (
        <CopyableBlock
          copyLabel={t('nextStep.copyLine', { image: imageName(image) })}
          label={t('nextStep.line', { image: imageName(image) })}
          text={line}
        />
      )}
    </Flex>
  );
}

type Step =
  | 'acceptDigest'
  | 'rollOut'
  | 'scanAgain'
  | 'pin'
  | 'none'
  | 'unsupportedRegistry'
  | Exclude<ImageState, 'drift' | 'unreadable' | 'clean'>;

/** `undefined` when the remedy of the failure is the next step. */
function stepOf(image: ImageReport, state: ImageState): Step | undefined {
  const { declared, live, failure, liveCheck } = image;
  switch (state) {
    case 'drift':
      if (declared !== undefined && live !== undefined && declared !== live.digest) return 'acceptDigest';
      return runsAnother(image) ? 'rollOut' : 'scanAgain';
    case 'unreadable':
      return undefined;
    case 'missing':
      return failure === undefined ? 'missing' : undefined;
    case 'not-verified':
      return liveCheck?.result === 'ids-not-of-container-registry' ? 'unsupportedRegistry' : state;
    case 'clean':
      return declared === undefined && live !== undefined ? 'pin' : 'none';
    default:
      return state;
  }
}

/** Whether a container runs another digest than the declared or live one. */
function runsAnother({ declared, live, running }: ImageReport): boolean {
  const wanted = declared ?? live?.digest;
  const digests = running?.digests ?? [];
  return wanted !== undefined && digests.some(({ digest }) => digest !== undefined && digest !== wanted);
}
