import { Text, type TextVariants } from '@backstage/ui';
import type { CSSProperties, ReactElement, ReactNode } from 'react';

/** The secondary colour of Backstage UI has a contrast of less than 4.5 in its dark theme. */
export const MUTED = 'color-mix(in srgb, var(--bui-fg-primary) 72%, var(--bui-bg-neutral-1))';

/** Secondary text. */
export function Muted(props: {
  readonly as?: 'p' | 'span';
  readonly variant?: TextVariants;
  readonly style?: CSSProperties;
  readonly live?: boolean;
  readonly children: ReactNode;
}): ReactElement {
  return (
    <Text
      as={props.as ?? 'span'}
      style={{ color: MUTED, margin: 0, ...props.style }}
      variant={props.variant ?? 'body-small'}
      {...(props.live && { 'aria-live': 'polite' })}
    >
      {props.children}
    </Text>
  );
}
