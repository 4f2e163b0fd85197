import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { ButtonIcon, Flex, Tooltip, TooltipTrigger } from '@backstage/ui';
import type { ReactElement } from 'react';
import { describeImageTranslationRef } from '../translations/translation-ref.ts';
import { Icon, type IconName } from './icons.tsx';
import { useCopy } from './use-copy.ts';

/** Copies a text and shows and announces the result. */
export function CopyButton(props: {
  readonly text: string;
  /** Accessible name. */
  readonly label: string;
  /** Default: `copy` */
  readonly icon?: IconName;
}): ReactElement {
  const { result, copy } = useCopy();
  return (
    <CopyResultButton
      hint={props.label}
      icon={props.icon}
      label={props.label}
      onPress={() => copy(props.text)}
      result={result}
    />
  );
}

/** The button itself, for components that hold the result. */
export function CopyResultButton(props: {
  readonly label: string;
  readonly hint: string;
  readonly icon?: IconName | undefined;
  readonly result: 'copied' | 'failed' | undefined;
  readonly onPress: () => void;
}): ReactElement {
  const { t } = useTranslationRef(describeImageTranslationRef);
  const { result } = props;
  const icon = result === 'copied' ? 'check' : result === 'failed' ? 'cross' : (props.icon ?? 'copy');
  return (
    <TooltipTrigger>
      <ButtonIcon
        aria-label={props.label}
        icon={<Icon name={icon} />}
        onPress={props.onPress}
        size="small"
        variant="tertiary"
      />
      <Tooltip>{result === 'failed' ? t('copy.failed') : props.hint}</Tooltip>
    </TooltipTrigger>
  );
}

/** A preformatted text with a button that copies it. */
export function CopyableBlock(props: {
  readonly text: string;
  readonly label: string;
  readonly copyLabel: string;
}): ReactElement {
  return (
    <Flex align="start" gap="1" style={{ minWidth: 0 }}>
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset is for form fields, and a section would be a landmark */}
      <div
        aria-label={props.label}
        role="group"
        style={{
          background: 'var(--bui-bg-neutral-2)',
          border: '1px solid var(--bui-border-1)',
          borderRadius: 'var(--bui-radius-2)',
          color: 'var(--bui-fg-primary)',
          flex: '1 1 auto',
          minWidth: 0,
          overflowX: 'auto',
          padding: 'var(--bui-space-2)',
        }}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrollable region must be reachable by keyboard
        tabIndex={0}
      >
        <pre
          style={{
            fontFamily: 'var(--bui-font-monospace)',
            fontSize: 'var(--bui-font-size-2)',
            margin: 0,
          }}
        >
          {props.text}
        </pre>
      </div>
      <CopyButton label={props.copyLabel} text={props.text} />
    </Flex>
  );
}
