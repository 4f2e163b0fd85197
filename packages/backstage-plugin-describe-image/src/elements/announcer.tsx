import { VisuallyHidden } from '@backstage/ui';
import { createContext, type ReactElement, type ReactNode, useContext, useState } from 'react';

const AnnounceContext = createContext<(text: string) => void>(() => {});

/** Returns a function that announces a text to assistive technology. */
export function useAnnounce(): (text: string) => void {
  return useContext(AnnounceContext);
}

/** Holds the live region for its children. Screen readers ignore a live region that is added together with its text. */
export function Announcer(props: { readonly children: ReactNode }): ReactElement {
  const [announcement, setAnnouncement] = useState({ text: '', count: 0 });
  const announce = (text: string) => setAnnouncement(({ count }) => ({ text, count: count + 1 }));
  return (
    <AnnounceContext.Provider value={announce}>
      {props.children}
      <VisuallyHidden aria-live="polite" role="status">
        {/* The key changes so that a repeated text is announced again. */}
        <span key={announcement.count}>{announcement.text}</span>
      </VisuallyHidden>
    </AnnounceContext.Provider>
  );
}
