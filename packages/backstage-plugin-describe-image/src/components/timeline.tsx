import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Flex, Text } from '@backstage/ui';
import type { HistoryPeriod, ImageHistory } from '@describe-image/backstage-plugin-describe-image-common';
import type { ReactElement } from 'react';
import { describeImageTranslationRef } from '../translation-ref.ts';
import { Digest } from './digest.tsx';
import { formatExact } from './format-time.ts';
import { shortDigest } from './short-digest.ts';
import { lettersOf, positionOf, spanOf } from './timeline-layout.ts';
import { useNow } from './use-now.ts';

const LANE_HEIGHT = 40;
const BAR_HEIGHT = 28;
const AXIS_HEIGHT = 24;
const LANES = ['DescribeImage', 'DescribeImageInstances'] as const;

/** Pairs of ground and ink that stay readable on each other in light and dark. Letters tell digests apart, colours only help. */
const COLOURS = [
  ['var(--bui-bg-solid)', 'var(--bui-fg-solid)'],
  ['var(--bui-bg-info)', 'var(--bui-fg-info-on-bg)'],
  ['var(--bui-bg-success)', 'var(--bui-fg-success-on-bg)'],
  ['var(--bui-bg-warning)', 'var(--bui-fg-warning-on-bg)'],
  ['var(--bui-bg-danger)', 'var(--bui-fg-danger-on-bg)'],
] as const;

function coloursOf(letter: number): (typeof COLOURS)[number] {
  return COLOURS[letter % COLOURS.length] ?? COLOURS[0];
}

/** What a tag was over time: a lane for each source, a bar for each period, a mark for each move. */
export function Timeline(props: { readonly history: ImageHistory; readonly image: string }): ReactElement {
  const { t } = useTranslationRef(describeImageTranslationRef);
  const { periods, moves } = props.history;
  const span = spanOf(periods, useNow());
  const letters = lettersOf(periods);
  const lanes = LANES.filter((source) => periods.some((period) => period.source === source));
  const exact = (instant: string) => formatExact(instant, t('locale'));
  const x = (instant: string) => positionOf(instant, span);
  const day = new Intl.DateTimeFormat(t('locale'), { dateStyle: 'medium' });
  const laneName = (source: HistoryPeriod['source']) =>
    t(source === 'DescribeImage' ? 'timeline.describeImage' : 'timeline.inventory');
  const title = t('timeline.title', {
    image: props.image,
    from: day.format(span.fromMs),
    to: day.format(span.toMs),
  });
  const marksTop = lanes.length * (LANE_HEIGHT + 18);
  return (
    <figure style={{ margin: 0 }}>
      <svg
        aria-label={title}
        height={marksTop + AXIS_HEIGHT}
        role="img"
        style={{ display: 'block', fontFamily: 'var(--bui-font-regular)', overflow: 'visible' }}
        width="100%"
      >
        <title>{title}</title>
        {lanes.map((source, lane) => {
          const top = lane * (LANE_HEIGHT + 18);
          return (
            <g key={source}>
              <text fill="var(--bui-fg-secondary)" fontSize="12" x="0" y={top + 12}>
                {laneName(source)}
              </text>
              <rect
                fill="var(--bui-bg-neutral-2)"
                height={BAR_HEIGHT}
                rx="4"
                width="100%"
                x="0"
                y={top + 18}
              />
              {periods
                .filter((period) => period.source === source)
                .map((period) => {
                  const letter = letters.get(period.digest) ?? 0;
                  const [ground, ink] = coloursOf(letter);
                  const left = x(period.firstSeenAt);
                  const width = Math.max(x(period.lastSeenAt) - left, 1.2);
                  return (
                    <g key={period.firstSeenAt}>
                      <title>
                        {t('timeline.period', {
                          lane: laneName(source),
                          digest: shortDigest(period.digest),
                          from: exact(period.firstSeenAt),
                          to: exact(period.lastSeenAt),
                        })}
                      </title>
                      <rect
                        fill={ground}
                        height={BAR_HEIGHT}
                        rx="4"
                        stroke="var(--bui-border-2)"
                        width={`${width}%`}
                        x={`${left}%`}
                        y={top + 18}
                      />
                      {width > 3 && (
                        <text
                          dominantBaseline="central"
                          fill={ink}
                          fontSize="13"
                          fontWeight="bold"
                          textAnchor="middle"
                          x={`${left + width / 2}%`}
                          y={top + 18 + BAR_HEIGHT / 2}
                        >
                          {letterName(letter)}
                        </text>
                      )}
                    </g>
                  );
                })}
            </g>
          );
        })}
        {moves.map((move) => (
          <g key={move.id}>
            <title>
              {t(move.movedBack ? 'timeline.movedBack' : 'timeline.move', {
                at: exact(move.observedAt),
                to: shortDigest(move.to),
              })}
            </title>
            <line
              stroke="var(--bui-fg-warning)"
              strokeDasharray={move.movedBack ? '4 3' : undefined}
              strokeWidth="2"
              x1={`${x(move.observedAt)}%`}
              x2={`${x(move.observedAt)}%`}
              y1="14"
              y2={marksTop}
            />
          </g>
        ))}
        <text fill="var(--bui-fg-secondary)" fontSize="12" x="0" y={marksTop + 16}>
          {day.format(span.fromMs)}
        </text>
        <text fill="var(--bui-fg-secondary)" fontSize="12" textAnchor="end" x="100%" y={marksTop + 16}>
          {day.format(span.toMs)}
        </text>
      </svg>
      <figcaption>
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
          {[...letters].map(([digest, letter]) => {
            const [background, color] = coloursOf(letter);
            return (
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
                    {letterName(letter)}
                  </span>
                  <Text as="span" variant="body-small">
                    <Digest digest={digest} />
                  </Text>
                </Flex>
              </li>
            );
          })}
        </ul>
      </figcaption>
    </figure>
  );
}

/** `A` to `Z`, then `A1` and so on. */
function letterName(letter: number): string {
  const name = String.fromCharCode(65 + (letter % 26));
  return letter < 26 ? name : `${name}${Math.floor(letter / 26)}`;
}
