import { Box } from '@backstage/ui';
import type { ReactElement } from 'react';
import { CopyButton } from './copy-button.tsx';

/** A text of several lines to copy whole. */
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
        // It may have to be scrolled by keyboard.
        // biome-ignore lint/a11y/noNoninteractiveTabindex: scrollable regions must be reachable
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
