import { useTranslationRef } from '@backstage/frontend-plugin-api';
import {
  IMAGE_STATES,
  type ImageOverview,
  type ImageState,
} from '@describe-image/backstage-plugin-describe-image-common';
import type { ReactElement } from 'react';
import { Icon, type IconName } from '../elements/icons.tsx';
import { MUTED } from '../elements/muted.tsx';
import { stateStyles } from '../image/state-badge.tsx';
import { describeImageTranslationRef } from '../translations/translation-ref.ts';

/** The number of images in each state that occurs. Pressing a tile shows only its images. */
export function StateTiles(props: {
  readonly counts: ImageOverview['counts'];
  readonly selected: ImageState | undefined;
  readonly onSelect: (state: ImageState | undefined) => void;
}): ReactElement {
  const { t } = useTranslationRef(describeImageTranslationRef);
  const { counts, selected, onSelect } = props;
  const shown = IMAGE_STATES.filter((state) => counts[state] > 0 || state === selected);
  const all = IMAGE_STATES.reduce((sum, state) => sum + counts[state], 0);
  return (
    <ul
      aria-label={t('overview.counts')}
      style={{
        display: 'grid',
        gap: 'var(--bui-space-2)',
        gridTemplateColumns: 'repeat(auto-fill, minmax(112px, 1fr))',
        listStyle: 'none',
        margin: 0,
        padding: 0,
      }}
    >
      <Tile
        count={all}
        icon="boxes"
        isPressed={selected === undefined}
        name={t('overview.all')}
        onPress={() => onSelect(undefined)}
      />
      {shown.map((state) => (
        <Tile
          color={colours[stateStyles[state].tone]}
          count={counts[state]}
          hint={t(`stateHint.${state}`)}
          icon={stateStyles[state].icon}
          isPressed={selected === state}
          key={state}
          name={t(`state.${state}`)}
          onPress={() => onSelect(selected === state ? undefined : state)}
        />
      ))}
    </ul>
  );
}

const colours = {
  neutral: MUTED,
  info: 'var(--bui-fg-info)',
  success: 'var(--bui-fg-success)',
  warning: 'var(--bui-fg-warning)',
  danger: 'var(--bui-fg-danger)',
} as const;

function Tile(props: {
  readonly name: string;
  readonly count: number;
  readonly icon: IconName;
  readonly color?: string;
  readonly hint?: string;
  readonly isPressed: boolean;
  readonly onPress: () => void;
}): ReactElement {
  return (
    <li>
      <button
        aria-pressed={props.isPressed}
        onClick={props.onPress}
        style={{
          background: 'var(--bui-bg-neutral-1)',
          border: '1px solid var(--bui-border-1)',
          borderRadius: 'var(--bui-radius-3)',
          // A shadow inside the border does not change the size of the tile.
          boxShadow: props.isPressed ? 'inset 0 0 0 2px var(--bui-bg-solid)' : 'none',
          color: 'var(--bui-fg-primary)',
          cursor: 'pointer',
          display: 'block',
          fontFamily: 'var(--bui-font-regular)',
          padding: 'var(--bui-space-2) var(--bui-space-3)',
          textAlign: 'start',
          width: '100%',
        }}
        title={props.hint}
        type="button"
      >
        <span style={{ alignItems: 'center', display: 'flex', gap: 'var(--bui-space-2)' }}>
          <span style={{ color: props.color, display: 'inline-flex' }}>
            <Icon name={props.icon} size={18} />
          </span>
          <span style={{ fontSize: 'var(--bui-font-size-5)', fontWeight: 'var(--bui-font-weight-bold)' }}>
            {props.count}
          </span>
        </span>
        <span style={{ color: MUTED, fontSize: 'var(--bui-font-size-2)' }}>{props.name}</span>
      </button>
    </li>
  );
}
