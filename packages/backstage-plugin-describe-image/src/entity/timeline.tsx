import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Flex, Text } from '@backstage/ui';
import type {
  HistoryPeriod,
  ImageHistory,
  ImageMove,
} from '@describe-image/backstage-plugin-describe-image-common';
import type { ReactElement } from 'react';
import { Digest, shortDigest } from '../elements/digest.tsx';
import { formatExact, useNow } from '../elements/time.tsx';
import { describeImageTranslationRef } from '../translations/translation-ref.ts';
import { type DigestMark, digestMarks, positionOf, spanOf, type TimeSpan } from './timeline-layout.ts';

const LABEL_HEIGHT = 18;
const BAR_HEIGHT = 28;
const LANE_HEIGHT = 58;
const AXIS_HEIGHT = 24;
const DAY_MS = 86_400_000;
/** Narrower bars, in percent, have no room for a letter. */
const MIN_LETTER_WIDTH = 3;
const LANES = [
  ['DescribeImage', 'digestRole.live'],
  ['DescribeImageInstances', 'digestRole.scanned'],
] as const;

/** Draws the digests of a tag over time: one lane per source, one bar per period, one line per move. */
export function Timeline(props: { readonly history: ImageHistory; readonly image: string }): ReactElement {
  const { t } = useTranslationRef(describeImageTranslationRef);
  const { periods, moves } = props.history;
  const span = spanOf(periods, useNow());
  const marks = digestMarks(periods);
  const lanes = LANES.filter(([source]) => periods.some((period) => period.source === source));
  const format = new Intl.DateTimeFormat(t('locale'), {
    dateStyle: 'medium',
    // Within two days, both ends of the axis may have the same date.
    ...(span.toMs - span.fromMs < 2 * DAY_MS ? { timeStyle: 'short' } : {}),
  });
  const [from, to] = [format.format(span.fromMs), format.format(span.toMs)];
  const title = t('timeline.title', { image: props.image, from, to });
  const axisTop = lanes.length * LANE_HEIGHT;
  return (
    <figure style={{ margin: 0 }}>
      <svg
        aria-label={title}
        height={axisTop + AXIS_HEIGHT}
        role="img"
        style={{ display: 'block', fontFamily: 'var(--bui-font-regular)', overflow: 'visible' }}
        width="100%"
      >
        <title>{title}</title>
        {lanes.map(([source, name], index) => (
          <Lane
            key={source}
            marks={marks}
            name={t(name)}
            periods={periods.filter((period) => period.source === source)}
            span={span}
            top={index * LANE_HEIGHT}
          />
        ))}
        {moves.map((move) => (
          <MoveLine bottom={axisTop} key={move.id} move={move} span={span} />
        ))}
        <text fill="var(--bui-fg-secondary)" fontSize="12" x="0" y={axisTop + 16}>
          {from}
        </text>
        <text fill="var(--bui-fg-secondary)" fontSize="12" textAnchor="end" x="100%" y={axisTop + 16}>
          {to}
        </text>
      </svg>
      <figcaption>
        <Legend marks={marks} />
      </figcaption>
    </figure>
  );
}

function Lane(props: {
  readonly name: string;
  readonly periods: readonly HistoryPeriod[];
  readonly marks: ReadonlyMap<string, DigestMark>;
  readonly span: TimeSpan;
  readonly top: number;
}): ReactElement {
  const { t } = useTranslationRef(describeImageTranslationRef);
  const barTop = props.top + LABEL_HEIGHT;
  return (
    <g>
      <text fill="var(--bui-fg-secondary)" fontSize="12" x="0" y={props.top + 12}>
        {props.name}
      </text>
      <rect fill="var(--bui-bg-neutral-2)" height={BAR_HEIGHT} rx="4" width="100%" x="0" y={barTop} />
      {props.periods.map((period) => {
        const mark = props.marks.get(period.digest);
        const left = positionOf(period.firstSeenAt, props.span);
        const width = Math.max(positionOf(period.lastSeenAt, props.span) - left, 1.2);
        return (
          <g key={period.firstSeenAt}>
            <title>
              {t('timeline.period', {
                lane: props.name,
                digest: shortDigest(period.digest),
                from: formatExact(period.firstSeenAt, t('locale')),
                to: formatExact(period.lastSeenAt, t('locale')),
              })}
            </title>
            <rect
              fill={mark?.background}
              height={BAR_HEIGHT}
              rx="4"
              stroke="var(--bui-border-2)"
              width={`${width}%`}
              x={`${left}%`}
              y={barTop}
            />
            {width > MIN_LETTER_WIDTH && (
              <text
                dominantBaseline="central"
                fill={mark?.color}
                fontSize="13"
                fontWeight="bold"
                textAnchor="middle"
                x={`${left + width / 2}%`}
                y={barTop + BAR_HEIGHT / 2}
              >
                {mark?.letter}
              </text>
            )}
          </g>
        );
      })}
    </g>
  );
}

/** A vertical line across all lanes, dashed if the tag moved back. */
function MoveLine(props: {
  readonly move: ImageMove;
  readonly span: TimeSpan;
  readonly bottom: number;
}): ReactElement {
  const { t } = useTranslationRef(describeImageTranslationRef);
  const { observedAt, to, movedBack } = props.move;
  const x = `${positionOf(observedAt, props.span)}%`;
  return (
    <g>
      <title>
        {t(movedBack ? 'timeline.movedBack' : 'timeline.moved', {
          at: formatExact(observedAt, t('locale')),
          to: shortDigest(to),
        })}
      </title>
      <line
        stroke="var(--bui-fg-warning)"
        strokeDasharray={movedBack ? '4 3' : undefined}
        strokeWidth="2"
        x1={x}
        x2={x}
        y1="14"
        y2={props.bottom}
      />
    </g>
  );
}

function Legend(props: { readonly marks: ReadonlyMap<string, DigestMark> }): ReactElement {
  const { t } = useTranslationRef(describeImageTranslationRef);
  return (
    <ul
      aria-label={t('timeline.legend')}
      style={{
        display: 'flex',
        flexWrap: 'wrap',
        gap: 'var(--bui-space-2) var(--bui-space-4)',
        listStyle: 'none',
        margin: 'var(--bui-space-2) 0 0',
        padding: 0,
      }}
    >
      {[...props.marks].map(([digest, { letter, background, color }]) => (
        <li key={digest}>
          <Flex align="center" gap="1">
            <span
              style={{
                background,
                border: '1px solid var(--bui-border-2)',
                borderRadius: 'var(--bui-radius-1)',
                color,
                fontFamily: 'var(--bui-font-regular)',
                fontSize: 'var(--bui-font-size-2)',
                fontWeight: 'var(--bui-font-weight-bold)',
                minWidth: 20,
                textAlign: 'center',
              }}
            >
              {letter}
            </span>
            <Text as="span" variant="body-small">
              <Digest digest={digest} />
            </Text>
          </Flex>
        </li>
      ))}
    </ul>
  );
}
