import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type {
  HistoryPeriod,
  ImageHistory,
  ImageMove,
  ImageReport,
} from '@describe-image/backstage-plugin-describe-image-common';
import type { ReactElement } from 'react';
import { shortDigest } from '../elements/digest.tsx';
import { MUTED } from '../elements/muted.tsx';
import { formatExact, useNow } from '../elements/time.tsx';
import { roleOfSource } from '../image/digest-roles.ts';
import { imageName } from '../image/image-name.ts';
import { describeImageTranslationRef } from '../translations/translation-ref.ts';
import { axisTicks } from './timeline-axis.ts';
import { barOf, type DigestMark, digestMarks, positionOf, spanOf, type TimeSpan } from './timeline-layout.ts';
import { TimelineLegend } from './timeline-legend.tsx';

const LABEL_HEIGHT = 18;
const BAR_HEIGHT = 28;
const LANE_HEIGHT = 58;
const AXIS_HEIGHT = 24;
/** Narrower bars, in percent, have no room for a letter. */
const MIN_LETTER_WIDTH = 3;
const LANES = ['DescribeImage', 'DescribeImageInstances'] as const;

/** Draws the digests of a tag over time: one lane per source, one bar per period, one line per move. */
export function Timeline(props: {
  readonly history: ImageHistory;
  readonly image: ImageReport;
}): ReactElement {
  const { t } = useTranslationRef(describeImageTranslationRef);
  const { periods, moves } = props.history;
  const span = spanOf(periods, useNow());
  const marks = digestMarks(periods, props.image.declared);
  const lanes = LANES.filter((source) => periods.some((period) => period.source === source));
  const title = t('timeline.title', {
    image: imageName(props.image),
    from: formatExact(span.fromMs, t('locale')),
    to: formatExact(span.toMs, t('locale')),
  });
  const axisTop = lanes.length * LANE_HEIGHT;
  return (
    <figure style={{ margin: 0 }}>
      <svg
        aria-label={title}
        height={axisTop + AXIS_HEIGHT}
        role="img"
        style={{ display: 'block', fontFamily: 'var(--bui-font-regular)' }}
        width="100%"
      >
        <title>{title}</title>
        <Axis bottom={axisTop} span={span} />
        {lanes.map((source, index) => (
          <Lane
            key={source}
            marks={marks}
            name={t(`digestRole.${roleOfSource[source]}`)}
            periods={periods.filter((period) => period.source === source)}
            span={span}
            top={index * LANE_HEIGHT}
          />
        ))}
        {moves.map((move) => (
          <MoveLine bottom={axisTop} key={move.id} move={move} span={span} />
        ))}
      </svg>
      <figcaption>
        <TimelineLegend image={props.image} marks={marks} />
      </figcaption>
    </figure>
  );
}

/** Vertical lines at round times, and their labels below the lanes. */
function Axis(props: { readonly span: TimeSpan; readonly bottom: number }): ReactElement {
  const { t } = useTranslationRef(describeImageTranslationRef);
  return (
    <g>
      {axisTicks(props.span, t('locale')).map(({ label, position }) => (
        <g key={position}>
          <line
            stroke="var(--bui-border-1)"
            x1={`${position}%`}
            x2={`${position}%`}
            y1={LABEL_HEIGHT}
            y2={props.bottom}
          />
          <text fill={MUTED} fontSize="12" textAnchor="middle" x={`${position}%`} y={props.bottom + 16}>
            {label}
          </text>
        </g>
      ))}
    </g>
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
      <text fill={MUTED} fontSize="12" x="0" y={props.top + 12}>
        {props.name}
      </text>
      <rect
        fill="none"
        height={BAR_HEIGHT}
        rx="4"
        stroke="var(--bui-border-1)"
        width="100%"
        x="0"
        y={barTop}
      />
      {props.periods.map((period) => {
        const mark = props.marks.get(period.digest);
        const { left, width } = barOf(period, props.span);
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
