import { isLogSeries } from '../signal/log-signals/log-series.ts';
import type { Series } from '../signal/series.ts';
import { type Anomaly, type Band, type Direction, type Stream, streams } from './anomaly.ts';
import { ratioTo } from './suspicion.ts';
import { field, read, type Summary, type Watch } from './watch.ts';

type SampleDirection = Exclude<Direction, 'missing'>;
const directionCode: Readonly<Record<SampleDirection, number>> = { above: 1, below: -1 };

/** An alarm in the same direction within this time of the last one is the same trouble going on. */
export const sameTroubleMilliseconds = 120_000;

/** Notes in the record that the series alarms. */
export function raise(
  watch: Watch,
  alarm: {
    readonly direction: SampleDirection;
    readonly stream: Stream;
    readonly onset: number;
    readonly lastSeen: number;
    readonly score: number;
  },
): void {
  const { record } = watch;
  const code = directionCode[alarm.direction];
  const goesOn = record[field.direction] === code && alarm.onset - read(watch, 'lastSeen') <= sameTroubleMilliseconds;
  if (!goesOn) {
    record[field.onset] = alarm.onset;
    record[field.stream] = streams.indexOf(alarm.stream);
  }
  record[field.direction] = code;
  record[field.lastSeen] = alarm.lastSeen;
  record[field.score] = alarm.score;
}

/** The newest alarm of the series, when it was seen at or after `since`. */
export function anomalyOf(watch: Summary, since: number): Anomaly | null {
  const lastSeen = read(watch, 'lastSeen');
  if (lastSeen === 0 || lastSeen < since) return null;
  const { series } = watch;
  const direction = read(watch, 'direction') < 0 ? 'below' : 'above';
  return {
    ...identityOf(series, direction),
    stream: isLogSeries(series) ? 'log' : streamOf(read(watch, 'stream')),
    observed: read(watch, 'observed'),
    band: bandIn(watch),
    score: read(watch, 'score'),
    onset: read(watch, 'onset'),
    lastSeen,
  };
}

/** The anomaly of a series that does not alarm by itself, only together with others; `end` is epoch milliseconds. */
export function anomalyOfSuspicion(summary: Summary, end: number): Anomaly {
  const observed = read(summary, 'observed');
  const band = bandIn(summary);
  return {
    ...identityOf(summary.series, read(summary, 'above') >= read(summary, 'below') ? 'above' : 'below'),
    stream: 'fused',
    observed,
    band,
    score: Math.max(1, Math.abs(ratioTo(observed, band))),
    onset: read(summary, 'suspectedAt'),
    lastSeen: end,
  };
}

/** Which series strays, and to which side: what makes two anomalies the same one. */
export const identityOf = <Side extends Direction>(
  { id, service, instance, role, metric }: Series,
  direction: Side,
) => ({
  fingerprint: `${id}#${direction}`,
  series: id,
  service,
  instance,
  role,
  metric,
  direction,
});

const bandIn = (summary: Summary): Band => ({ low: read(summary, 'low'), high: read(summary, 'high') });

export const streamOf = (code: number): Stream => streams[code] ?? 'drift';
