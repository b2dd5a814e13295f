import { detectorFor, detectorStateLength } from '../detectors/detector-for.ts';
import type { Sample, Series } from '../signal/series.ts';
import type { Anomaly, Band, Direction } from './anomaly.ts';
import { rotateSnapshots, snapshotLength } from './snapshots.ts';

/**
 * All that detection keeps of one series, in one typed array of fixed length:
 * where reading has come to, the present alarm, the detector's state, and
 * copies of that state that trail behind (see snapshots.ts). Times are epoch
 * milliseconds, 0 where there is none.
 */
export const field = {
  /** Start of the newest period judged. */
  cursor: 0,
  /** Longest recent distance between two samples, seconds; fades. */
  longestGap: 1,
  /** Start of the first suspicious period of the present run. */
  suspectedAt: 2,
  /** Start of the first period out of band of the present alarm. */
  onset: 3,
  /** End of the last period that alarmed. */
  lastSeen: 4,
  direction: 5,
  score: 6,
  observed: 7,
  low: 8,
  high: 9,
  /** Mean of the newest minute or so (exponentially weighted), in the unit that the detector sees. */
  sustained: 10,
  /** 1 while the detector has too few points of its own. */
  learning: 11,
  /** Start of the first pass that saw the series, and how often its history was read since. */
  firstSeenAt: 12,
  historyReads: 13,
} as const;

const stateOffset = Object.keys(field).length;
const snapshotOffset = stateOffset + detectorStateLength;
export const watchLength = snapshotOffset + snapshotLength;

/** A series and the fields alone, without the detector's states: what correlation knows of every series. */
export type Summary = { readonly series: Series; readonly record: Float64Array };
export const summaryLength = stateOffset;

export type Watch = Summary & { readonly whole: true };

export function newWatch(series: Series, firstSeenAt: number): Watch {
  return { series, record: newRecord(watchLength, firstSeenAt), whole: true };
}

/** The summary of a series that nobody has looked at yet. */
export function newSummary(series: Series, firstSeenAt: number): Summary {
  return { series, record: newRecord(summaryLength, firstSeenAt) };
}

function newRecord(length: number, firstSeenAt: number): Float64Array {
  const record = new Float64Array(length);
  record[field.firstSeenAt] = firstSeenAt;
  record[field.learning] = 1;
  return record;
}

export const summaryOf = ({ series, record }: Watch): Summary => ({ series, record: record.slice(0, summaryLength) });

/** Forgets what was learnt and judged, so that a fuller history can be learnt instead. */
export function forget({ record }: Watch): void {
  const { firstSeenAt, historyReads } = field;
  const kept = [record[firstSeenAt] ?? 0, record[historyReads] ?? 0] as const;
  record.fill(0);
  record[field.learning] = 1;
  [record[firstSeenAt], record[historyReads]] = kept;
}

export const stateOf = ({ record }: Watch): Float64Array => record.subarray(stateOffset, snapshotOffset);
export const snapshotsOf = ({ record }: Watch): Float64Array => record.subarray(snapshotOffset);
export const read = ({ record }: Summary, name: keyof typeof field): number => record[field[name]] ?? 0;

type SampleDirection = Exclude<Direction, 'missing'>;
const directionCode: Readonly<Record<SampleDirection, number>> = { above: 1, below: -1 };

/**
 * Judges one closed period; ignores what is not newer than the cursor.
 * With `quietly` it only learns: history is no news.
 */
export function observeSample(watch: Watch, sample: Sample, periodSeconds: number, quietly = false): void {
  const { record, series } = watch;
  const cursor = read(watch, 'cursor');
  if (sample.at <= cursor || !Number.isFinite(sample.value)) return;
  const gap = cursor === 0 ? 0 : (sample.at - cursor) / 1000;
  record[field.longestGap] = Math.max(gap, Math.min(read(watch, 'longestGap') * 0.98, maximumGapSeconds));
  record[field.cursor] = sample.at;

  const verdict = detectorFor(series.role).observe(stateOf(watch), sample);
  const weight = cursor === 0 ? 1 : 1 - Math.exp(-Math.min(gap, 2 * periodSeconds) / sustainedSeconds);
  record[field.sustained] = read(watch, 'sustained') + weight * (sample.value - read(watch, 'sustained'));
  record[field.learning] = verdict.learning ? 1 : 0;
  const suspicious = verdict.score > 0 && !quietly;
  if (!suspicious) record[field.suspectedAt] = 0;
  else if (read(watch, 'suspectedAt') === 0) record[field.suspectedAt] = sample.at;

  if (verdict.direction !== 'within' && !quietly) {
    raise(watch, {
      direction: verdict.direction,
      onset: read(watch, 'suspectedAt'),
      lastSeen: sample.at + periodSeconds * 1000,
      score: verdict.score,
    });
    record[field.observed] = sample.value;
    record[field.low] = verdict.band.low;
    record[field.high] = verdict.band.high;
  }
  rotateSnapshots(snapshotsOf(watch), stateOf(watch), sample.at, suspicious);
}
const maximumGapSeconds = 600;
const sustainedSeconds = 40;

/** Slope of what climbs, units per second, 0 or more: a moving mean trails a ramp by its time constant times the slope. */
export const climb = (watch: Summary, observed: number): number =>
  Math.max(0, (observed - read(watch, 'sustained')) / sustainedSeconds);

/** What is expected of the series at a time, epoch milliseconds, with what was learnt so far. */
export const expectedBand = (watch: Watch, at: number): Band => detectorFor(watch.series.role).band(stateOf(watch), at);

/** An alarm in the same direction within this time of the last one is the same trouble going on. */
export const sameTroubleMilliseconds = 120_000;

function raise(
  watch: Watch,
  alarm: {
    readonly direction: SampleDirection;
    readonly onset: number;
    readonly lastSeen: number;
    readonly score: number;
  },
): void {
  const { record } = watch;
  const code = directionCode[alarm.direction];
  const goesOn = record[field.direction] === code && alarm.onset - read(watch, 'lastSeen') <= sameTroubleMilliseconds;
  if (!goesOn) record[field.onset] = alarm.onset;
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
    fingerprint: `${series.id}#${direction}`,
    series: series.id,
    service: series.service,
    instance: series.instance,
    role: series.role,
    metric: series.metric,
    direction,
    observed: read(watch, 'observed'),
    band: { low: read(watch, 'low'), high: read(watch, 'high') },
    score: read(watch, 'score'),
    onset: read(watch, 'onset'),
    lastSeen,
  };
}
