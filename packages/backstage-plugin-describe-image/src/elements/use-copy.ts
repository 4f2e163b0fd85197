import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { useEffect, useState } from 'react';
import { describeImageTranslationRef } from '../translations/translation-ref.ts';
import { useAnnounce } from './announcer.tsx';

const RESULT_SHOWN_MS = 2_000;

/** Copies texts, announces the result, and returns it for two seconds. */
export function useCopy(): { readonly result: 'copied' | 'failed' | undefined; copy(text: string): void } {
  const { t } = useTranslationRef(describeImageTranslationRef);
  const announce = useAnnounce();
  const [result, setResult] = useState<'copied' | 'failed'>();
  useEffect(() => {
    if (result === undefined) return undefined;
    const timer = setTimeout(() => setResult(undefined), RESULT_SHOWN_MS);
    return () => clearTimeout(timer);
  }, [result]);

  const write = async (text: string): Promise<void> => {
    try {
      // `navigator.clipboard` is undefined on pages without HTTPS; that throws too.
      await navigator.clipboard.writeText(text);
      setResult('copied');
      announce(t('copy.done', { text }));
    } catch {
      setResult('failed');
      announce(t('copy.failed'));
    }
  };
  return { result, copy: (text) => void write(text) };
}
