import type { ReactElement, ReactNode } from 'react';
import { Icon, type IconName } from './icons.tsx';

export type Tone = 'neutral' | 'info' | 'success' | 'warning' | 'danger';

const colours: Record<Tone, { background: string; color: string; borderColor: string }> = {
  neutral: {
    background: 'transparent',
    color: 'var(--bui-fg-primary)',
    borderColor: 'var(--bui-border-2)',
  },
  info: coloursOf('info'),
  success: coloursOf('success'),
  warning: coloursOf('warning'),
  danger: coloursOf('danger'),
};

function coloursOf(tone: Exclude<Tone, 'neutral'>): {
  background: string;
  color: string;
  borderColor: string;
} {
  return {
    background: `var(--bui-bg-${tone})`,
    color: `var(--bui-fg-${tone}-on-bg)`,
    borderColor: 'transparent',
  };
}

/** A state as text, icon and colour. Colour alone would not be accessible. */
export function Badge(props: {
  readonly tone: Tone;
  readonly icon: IconName;
  readonly title?: string | undefined;
  readonly children: ReactNode;
}): ReactElement {
  return (
    <span
      style={{
        ...colours[props.tone],
        alignItems: 'center',
        borderRadius: 'var(--bui-radius-full)',
        borderStyle: 'solid',
        borderWidth: 1,
        display: 'inline-flex',
        fontFamily: 'var(--bui-font-regular)',
        fontSize: 'var(--bui-font-size-2)',
        fontWeight: 'var(--bui-font-weight-bold)',
        gap: 'var(--bui-space-1)',
        lineHeight: 1.5,
        padding: '1px var(--bui-space-2)',
        whiteSpace: 'nowrap',
      }}
      title={props.title}
    >
      <Icon name={props.icon} size={14} />
      {props.children}
    </span>
  );
}
