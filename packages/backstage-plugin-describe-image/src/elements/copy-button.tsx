import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Box, ButtonIcon, Tooltip, TooltipTrigger } from '@backstage/ui';
import { type ReactElement, useEffect, useState } from 'react';
import { describeImageTranslationRef } from '../translations/translation-ref.ts';
import { useAnnounce } from './announcer.tsx';
import { Icon, type IconName } from './icons.tsx';

const RESULT_SHOWN_MS = 2_000;

/** Copies a text and shows and announces the result. */
export function CopyButton(props: {
  readonly text: string;
  /** Accessible name. */
  readonly label: string;
  /** Text of the tooltip. Default: the label. */
  readonly hint?: string;
  readonly icon?: IconName;
}): ReactElement {
  const { t } = useTranslationRef(describeImageTranslationRef);
  const announce = useAnnounce();
  const [result, setResult] = useState<'copied' | 'failed'>();
  useEffect(() => {
    if (result === undefined) return undefined;
    const timer = setTimeout(() => setResult(undefined), RESULT_SHOWN_MS);
    return () => clearTimeout(timer);
  }, [result]);

  const copy = async () => {
    try {
      // `navigator.clipboard` is undefined on pages without HTTPS; that throws too.
      await navigator.clipboard.writeText(props.text);
      setResult('copied');
      announce(t('copy.done', { text: props.text }));
    } catch {
      setResult('failed');
      announce(t('copy.failed'));
    }
  };
  const icon = result === 'copied' ? 'check' : result === 'failed' ? 'cross' : (props.icon ?? 'copy');
  return (
    <TooltipTrigger>
      <ButtonIcon
        aria-label={props.label}
        icon={<Icon name={icon} />}
        onPress={() => void copy()}
        size="small"
        variant="tertiary"
      />
      <Tooltip>{result === 'failed' ? t('copy.failed') : (props.hint ?? props.label)}</Tooltip>
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
    <Box style={{ position: 'relative' }}>
      <section
        aria-label={props.label}
        style={{
          background: 'var(--bui-bg-neutral-2)',
          border: '1px solid var(--bui-border-1)',
          borderRadius: 'var(--bui-radius-2)',
          color: 'var(--bui-fg-primary)',
          overflowX: 'auto',
          padding: 'var(--bui-space-3)',
          paddingRight: 'var(--bui-space-9)',
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
      </section>
      <Box style={{ position: 'absolute', right: 'var(--bui-space-2)', top: 'var(--bui-space-2)' }}>
        <CopyButton label={props.copyLabel} text={props.text} />
      </Box>
    </Box>
  );
}
