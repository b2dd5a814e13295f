import type { Screen } from './screen.ts';
import { padEnd, padStart, wrap } from './text.ts';
import { offset } from './time.ts';
import type { TimelineEvent } from './timeline-event.ts';

const offsetColumns = 8;
const labelColumns = 9;

/** One event: its distance from `since`, its label, its story wrapped beside them. */
export const timelineLines = (event: TimelineEvent, since: number, screen: Screen): readonly string[] => {
  const { paint } = screen;
  const tone = {
    plain: (text: string) => text,
    good: paint.good,
    bad: paint.bad,
    wait: paint.warn,
    gold: paint.gold,
  }[event.tone];
  const margin = ' '.repeat(offsetColumns + labelColumns + 6);
  const room = screen.width - margin.length;
  const [first = '', ...rest] = wrap(event.headline, room);
  const time = paint.quiet(padStart(offset(event.at - since), offsetColumns));
  return [
    `${time}  ${tone('●')} ${tone(padEnd(event.label, labelColumns))}  ${event.tone === 'plain' ? first : paint.strong(first)}`,
    ...rest.map((line) => margin + (event.tone === 'plain' ? line : paint.strong(line))),
    ...event.details.flatMap((detail) =>
      wrap(detail, room - 2).map((line, index) => margin + paint.quiet(index === 0 ? line : `  ${line}`)),
    ),
  ];
};
