import { VisuallyHidden } from '@backstage/ui';
import { createContext, type ReactElement, type ReactNode, useContext, useState } from 'react';

const AnnounceContext = createContext<(text: string) => void>(() => {});

/** Says to assistive technology what a press did. */
export function useAnnounce(): (text: string) => void {
  return useContext(AnnounceContext);
}

/** Holds the one live region of a card, tab or page: regions that come with their text are not read out. */
export function Announcer(props: { readonly children: ReactNode }): ReactElement {
  const [said, setSaid] = useState({ text: '', turn: 0 });
  const announce = (text: string) => setSaid(({ turn }) => ({ text, turn: turn + 1 }));
  return (
    <AnnounceContext.Provider value={announce}>
      {props.children}
      <VisuallyHidden aria-live="polite" role="status">
        {/* The same text twice is news twice. */}
        <span key={said.turn}>{said.text}</span>
      </VisuallyHidden>
    </AnnounceContext.Provider>
  );
}
