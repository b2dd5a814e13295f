import { bandOf, type Expectation, expectationLength } from '../detectors/expectation.ts';
import { toleranceOf } from '../detectors/role-tolerance.ts';
import { createSurpriseDetector } from '../detectors/surprise/surprise-detector.ts';
import { limitOf } from '../forecast/limits.ts';
import { trendLength } from '../forecast/trend-record.ts';
import type { Series } from '../signal/series.ts';
import type { Band } from './anomaly.ts';
import { snapshotLength } from './snapshots.ts';

/** Its scale is one of false alarms, so that the knob is a factor on it. */
export const detector = createSurpriseDetector({ falseAlarmsPerMonth: 1 });

/**
 * All that detection keeps of one series, in one typed array of fixed length:
 * where reading has come to, the present alarm, the detector's state, what is
 * expected lately, and copies of that which trail behind (see snapshots.ts).
 * Times are epoch milliseconds, 0 where there is none.
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
  /** The newest suspicious sample, and what was expected of it. */
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
  /** Gathered suspicion of trouble above and below, 0 to 2; 1 alarms. */
  above: 14,
  below: 15,
  /** Start of the first period of the present alarm, for the pace of learning. */
  alarmedAt: 16,
  /** How odd the newest sample was on a side where it does harm: 0 upwards, 1 is what the operator's knob allows for. */
  evidence: 17,
  /** The newest sample that was odd by itself: when, with a minus for below; and which stream said so. */
  oddAt: 18,
  oddStream: 19,
  /** Which stream spoke in the present alarm. */
  stream: 20,
  /** Start of the newest period put down for the archive. */
  archivedTo: 21,
  /** The present forecast of a breach, as in forecast.ts; `forecastMadeAt` is 0 while there is none. */
  forecastMadeAt: 22,
  forecastSince: 23,
  forecastSlope: 24,
  forecastLevel: 25,
  forecastUsual: 26,
  forecastAt: 27,
  forecastEarliest: 28,
  forecastLatest: 29,
  forecastUsualRise: 30,
  forecastStandsSince: 31,
  /** Start of the first stretch that could not be read and was not read since. */
  unreadFrom: 32,
  /** The greatest `evidence` of the last minute, and the sample that it is of. */
  hint: 33,
  hintAt: 34,
} as const;

const stateOffset = Object.keys(field).length;
const expectationOffset = stateOffset + detector.stateLength;
const snapshotOffset = expectationOffset + expectationLength;
const trendOffset = snapshotOffset + snapshotLength;
/** A series with a limit is watched for its trend, too. */
export const watchLength = (series: Pick<Series, 'role' | 'limit'>): number =>
  trendOffset + (limitOf(series) === null ? 0 : trendLength);

/** A series and the fields alone, without the detector's states: what correlation knows of every series. */
export type Summary = { readonly series: Series; readonly record: Float64Array };
export const summaryLength = stateOffset;

export type Watch = Summary & { readonly whole: true };

export function newWatch(series: Series, firstSeenAt: number): Watch {
  return { series, record: newRecord(watchLength(series), firstSeenAt), whole: true };
}

/** The same as its series is described now. One whose trend is followed from now on, or no more, begins anew and learns what is still stored. */
export const describedAnew = (watch: Watch, series: Series, now: number): Watch =>
  watch.record.length === watchLength(series) ? { ...watch, series } : newWatch(series, now);

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
  const { firstSeenAt, historyReads, archivedTo } = field;
  const kept = [record[firstSeenAt] ?? 0, record[historyReads] ?? 0, record[archivedTo] ?? 0] as const;
  record.fill(0);
  record[field.learning] = 1;
  [record[firstSeenAt], record[historyReads], record[archivedTo]] = kept;
}

/** Views into a record, kept because the detector keeps more of its own by them. */
const states = new WeakMap<Float64Array, Float64Array>();

export function stateOf({ record }: Watch): Float64Array {
  const state = states.get(record) ?? record.subarray(stateOffset, expectationOffset);
  states.set(record, state);
  return state;
}
export const expectationOf = ({ record }: Watch): Expectation => record.subarray(expectationOffset, snapshotOffset);
export const snapshotsOf = ({ record }: Watch): Float64Array => record.subarray(snapshotOffset, trendOffset);
/** Of a series with a limit. */
export const trendOf = ({ record }: Watch): Float64Array => record.subarray(trendOffset);
export const read = ({ record }: Summary, name: keyof typeof field): number => record[field[name]] ?? 0;

/** What is expected of the series, with what was learnt so far. */
export const expectedBand = (watch: Watch): Band => bandOf(expectationOf(watch), toleranceOf[watch.series.role]);
