import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { ButtonIcon, Tooltip, TooltipTrigger } from '@backstage/ui';
import { type ReactElement, useEffect, useState } from 'react';
import { describeImageTranslationRef } from '../translation-ref.ts';
import { useAnnounce } from './announcer.tsx';
import { Icon, type IconName } from './icons.tsx';

const CONFIRMED_MS = 2_000;

/** Copies a text with one press, and says so. */
export function CopyButton(props: {
  readonly text: string;
  /** For assistive technology: what is copied, of what. */
  readonly label: string;
  /** Beside the pointer; the label when absent. */
  readonly hint?: string;
  readonly icon?: IconName;
}): ReactElement {
  const { t } = useTranslationRef(describeImageTranslationRef);
  const announce = useAnnounce();
  const [outcome, setOutcome] = useState<'copied' | 'failed'>();
  useEffect(() => {
    if (outcome === undefined) return undefined;
    const timer = setTimeout(() => setOutcome(undefined), CONFIRMED_MS);
    return () => clearTimeout(timer);
  }, [outcome]);

  const copy = async () => {
    try {
      // Pages that did not come over HTTPS have no clipboard: that throws too.
      await navigator.clipboard.writeText(props.text);
      setOutcome('copied');
      announce(t('copy.done', { text: props.text }));
    } catch {
      setOutcome('failed');
      announce(t('copy.failed'));
    }
  };
  const icon = outcome === 'copied' ? 'check' : outcome === 'failed' ? 'cross' : (props.icon ?? 'copy');
  return (
    <TooltipTrigger>
      <ButtonIcon
        aria-label={props.label}
        icon={<Icon name={icon} />}
        onPress={() => void copy()}
        size="small"
        variant="tertiary"
      />
      <Tooltip>{outcome === 'failed' ? t('copy.failed') : (props.hint ?? props.label)}</Tooltip>
    </TooltipTrigger>
  );
}
