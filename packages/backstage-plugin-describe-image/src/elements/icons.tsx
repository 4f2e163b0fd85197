import type { ReactElement } from 'react';

const paths = {
  boxes: 'M12 2.5 20.5 7v10L12 21.5 3.5 17V7L12 2.5zM3.5 7l8.5 4.7L20.5 7M12 11.7v9.8',
  copy: 'M9 9h11v11H9zM15 9V4H4v11h5',
  more: 'M11.5 5a.5.5 0 1 0 1 0 .5.5 0 1 0-1 0M11.5 12a.5.5 0 1 0 1 0 .5.5 0 1 0-1 0M11.5 19a.5.5 0 1 0 1 0 .5.5 0 1 0-1 0',
  right: 'm9 5 7 7-7 7',
  down: 'm5 9 7 7 7-7',
  download: 'M12 4v11M7 11l5 5 5-5M5 20h14',
  link: 'M10 14a4 4 0 0 0 6 .4l3-3a4 4 0 0 0-5.7-5.7l-1.3 1.3M14 10a4 4 0 0 0-6-.4l-3 3a4 4 0 0 0 5.7 5.7l1.3-1.3',
  eyeOff:
    'M3 3l18 18M10.6 6.2A9.8 9.8 0 0 1 12 6c5 0 8.5 4 9.5 6a14 14 0 0 1-2.7 3.4M6.5 7.6A13.6 13.6 0 0 0 2.5 12c1 2 4.5 6 9.5 6a9.7 9.7 0 0 0 4-.8M9.9 9.9a3 3 0 0 0 4.2 4.2',
  check: 'm5 12.5 5 5L19.5 7',
  refresh: 'M20 12a8 8 0 1 1-2.5-5.8M20 3v5h-5',
  external: 'M14 4h6v6M20 4l-9 9M18 14v6H4V6h6',
  question:
    'M12 21a9 9 0 1 1 0-18 9 9 0 0 1 0 18zM9.5 9.5a2.6 2.6 0 1 1 3.6 2.4c-.7.3-1.1.8-1.1 1.6M12 16.7v.1',
  clock: 'M12 21a9 9 0 1 1 0-18 9 9 0 0 1 0 18zM12 7v5l3.5 2',
  cross: 'M12 21a9 9 0 1 1 0-18 9 9 0 0 1 0 18zM9 9l6 6M15 9l-6 6',
  history: 'M4 12a8 8 0 1 0 2.5-5.8M4 3v5h5M12 8v4.5l3 1.8',
  warning: 'M12 3.5 22 20.5H2L12 3.5zM12 10v4.5M12 17.4v.1',
  shield: 'M12 2.8 4.5 5.5v6c0 4.6 3.1 8 7.5 9.7 4.4-1.7 7.5-5.1 7.5-9.7v-6L12 2.8zM8.7 12l2.4 2.4 4.3-4.6',
  split: 'M12 21v-8M12 13 5 6M12 13l7-7M5 11V6h5M14 6h5v5',
  equal: 'M5 9h14M5 15h14',
  back: 'M9 14 4 9l5-5M4 9h10a6 6 0 0 1 0 12h-3',
  arrow: 'M4 12h16M14 6l6 6-6 6',
} as const;

export type IconName = keyof typeof paths;

/** A decorative icon, hidden from assistive technology. */
export function Icon(props: { readonly name: IconName; readonly size?: number }): ReactElement {
  const size = props.size ?? 16;
  return (
    <svg
      aria-hidden="true"
      fill="none"
      focusable="false"
      height={size}
      stroke="currentColor"
      strokeLinecap="round"
      strokeLinejoin="round"
      strokeWidth="1.8"
      style={{ flexShrink: 0 }}
      viewBox="0 0 24 24"
      width={size}
    >
      <path d={paths[props.name]} />
    </svg>
  );
}
