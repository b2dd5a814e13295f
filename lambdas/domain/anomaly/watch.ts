import {
  bandOf,
  beginSample,
  type Expectation,
  expectationLength,
  isLearning,
  learn,
  levelOf,
  tolerated,
} from '../detectors/expectation.ts';
import { toleranceOf } from '../detectors/role-tolerance.ts';
import { defaultFalseAlarmsPerMonth } from '../detectors/surprise/calibration.ts';
import { createSurpriseDetector } from '../detectors/surprise/surprise-detector.ts';
import type { Forecast } from '../forecast/forecast.ts';
import { forecastBreach } from '../forecast/forecast-breach.ts';
import { limitOf } from '../forecast/limits.ts';
import { keepOutOfUsual, observeTrend, trendLength } from '../forecast/trend-record.ts';
import { isLogSeries } from '../signal/log-signals/log-series.ts';
import type { MetricRole, Sample, Series } from '../signal/series.ts';
import { type Anomaly, type Band, type Direction, type Stream, streams } from './anomaly.ts';
import { rotateSnapshots, snapshotLength } from './snapshots.ts';
import { gather, ratioTo } from './suspicion.ts';

const detector = createSurpriseDetector({ falseAlarmsPerMonth: 1 });

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
} as const;

const stateOffset = Object.keys(field).length;
const expectationOffset = stateOffset + detector.stateLength;
const snapshotOffset = expectationOffset + expectationLength;
const trendOffset = snapshotOffset + snapshotLength;
/** A series with a limit is watched for its trend, too. */
export const watchLength = (role: MetricRole): number => trendOffset + (limitOf(role) === null ? 0 : trendLength);

/** A series and the fields alone, without the detector's states: what correlation knows of every series. */
export type Summary = { readonly series: Series; readonly record: Float64Array };
export const summaryLength = stateOffset;

export type Watch = Summary & { readonly whole: true };

export function newWatch(series: Series, firstSeenAt: number): Watch {
  return { series, record: newRecord(watchLength(series.role), firstSeenAt), whole: true };
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
  const { firstSeenAt, historyReads, archivedTo } = field;
  const kept = [record[firstSeenAt] ?? 0, record[historyReads] ?? 0, record[archivedTo] ?? 0] as const;
  record.fill(0);
  record[field.learning] = 1;
  [record[firstSeenAt], record[historyReads], record[archivedTo]] = kept;
}

/** Views into a record, kept because the detector keeps more of its own by them. */
const states = new WeakMap<Float64Array, Float64Array>();

function stateOf({ record }: Watch): Float64Array {
  const state = states.get(record) ?? record.subarray(stateOffset, expectationOffset);
  states.set(record, state);
  return state;
}
export const expectationOf = ({ record }: Watch): Expectation => record.subarray(expectationOffset, snapshotOffset);
export const snapshotsOf = ({ record }: Watch): Float64Array => record.subarray(snapshotOffset, trendOffset);
export const read = ({ record }: Summary, name: keyof typeof field): number => record[field[name]] ?? 0;

type SampleDirection = Exclude<Direction, 'missing'>;
const directionCode: Readonly<Record<SampleDirection, number>> = { above: 1, below: -1 };

export type Judging = {
  /** It only learns: history is no news. */
  readonly quietly?: boolean;
  /** Length of the periods that are judged, where history comes in longer ones; seconds. */
  readonly livePeriodSeconds?: number;
  /** The operator's knob. */
  readonly falseAlarmsPerMonth?: number;
};

/** Judges one closed period and learns from it; ignores what is not newer than the cursor. */
export function observeSample(
  watch: Watch,
  sample: Sample,
  periodSeconds: number,
  {
    quietly = false,
    falseAlarmsPerMonth = defaultFalseAlarmsPerMonth,
    livePeriodSeconds = periodSeconds,
  }: Judging = {},
): void {
  const { record, series } = watch;
  const cursor = read(watch, 'cursor');
  if (sample.at <= cursor || !Number.isFinite(sample.value)) return;
  const gap = cursor === 0 ? 0 : (sample.at - cursor) / 1000;
  record[field.longestGap] = Math.max(gap, Math.min(read(watch, 'longestGap') * 0.98, maximumGapSeconds));
  record[field.cursor] = sample.at;
  const weight = cursor === 0 ? 1 : 1 - Math.exp(-Math.min(gap, 2 * periodSeconds) / sustainedSeconds);
  record[field.sustained] = read(watch, 'sustained') + weight * (sample.value - read(watch, 'sustained'));

  const tolerance = toleranceOf[series.role];
  const expectation = expectationOf(watch);
  const seconds = beginSample(expectation, sample);
  const band = bandOf(expectation, tolerance);
  const ratio = ratioTo(sample.value, band);
  const learning = isLearning(expectation);
  record[field.learning] = learning ? 1 : 0;
  noteOddness(watch, sample, ratio, falseAlarmsPerMonth);
  if (!learning) suspect(watch, sample, { ratio, seconds, periodSeconds });

  const strongest = Math.max(read(watch, 'above'), read(watch, 'below'));
  record[field.evidence] = Math.max(read(watch, 'evidence'), ratio > 0 ? read(watch, 'above') : read(watch, 'below'));
  if (strongest < 1) record[field.alarmedAt] = 0;
  else if (read(watch, 'alarmedAt') === 0) record[field.alarmedAt] = sample.at;
  const alarmed = read(watch, 'alarmedAt');
  const pace = alarmed > 0 && sample.at - alarmed < acceptSeconds * 1000 ? 0.1 : 1;
  learn(expectation, sample, { seconds, pace, tolerance });

  const suspicious = strongest > 0 && !quietly;
  if (!suspicious) record[field.suspectedAt] = 0;
  else if (read(watch, 'suspectedAt') === 0) record[field.suspectedAt] = sample.at;
  const direction = directionNow(watch, sample, ratio, periodSeconds);
  if (direction !== null && !quietly) {
    raise(watch, {
      direction,
      stream: isOdd(watch, sample, ratio, periodSeconds) ? streamOf(read(watch, 'oddStream')) : 'drift',
      onset: read(watch, 'suspectedAt'),
      lastSeen: sample.at + periodSeconds * 1000,
      score: Math.max(1, Math.abs(ratio)),
    });
  }
  if (suspicious && (Math.abs(ratio) > 1 || isOdd(watch, sample, ratio, periodSeconds))) {
    record[field.observed] = sample.value;
    record[field.low] = band.low;
    record[field.high] = band.high;
  }
  rotateSnapshots(snapshotsOf(watch), expectation, sample.at, suspicious);
  followTrend(watch, sample, livePeriodSeconds, quietly);
}
/** An alarm this old is the new normal as far as learning goes. */
const acceptSeconds = 1800;

function followTrend({ record, series }: Watch, sample: Sample, periodSeconds: number, quietly: boolean): void {
  if (limitOf(series.role) === null) return;
  const trend = record.subarray(trendOffset);
  const news = observeTrend(trend, sample, periodSeconds);
  if (!news || quietly) return;
  const forecast = forecastBreach(trend, series, sample.at + periodSeconds * 1000, periodSeconds);
  const stood = read({ record, series }, 'forecastMadeAt') > 0;
  record[field.forecastMadeAt] = forecast?.madeAt ?? 0;
  if (forecast === null) return;
  if (!stood) record[field.forecastStandsSince] = forecast.madeAt;
  keepOutOfUsual(trend);
  record[field.forecastSince] = forecast.since;
  record[field.forecastSlope] = forecast.slope;
  record[field.forecastLevel] = forecast.level;
  record[field.forecastUsual] = forecast.usual;
  record[field.forecastAt] = forecast.at;
  record[field.forecastEarliest] = forecast.earliest;
  record[field.forecastLatest] = forecast.latest;
  record[field.forecastUsualRise] = forecast.usualRise;
}

/** The forecast that stands, of a series heard of at or after `since`. */
export function forecastOf(watch: Summary, since: number): Forecast | null {
  const { id, service, instance, role, metric } = watch.series;
  const limit = limitOf(role);
  if (limit === null || read(watch, 'forecastMadeAt') === 0 || read(watch, 'cursor') < since) return null;
  return {
    series: id,
    service,
    instance,
    role,
    metric,
    limit,
    level: read(watch, 'forecastLevel'),
    usual: read(watch, 'forecastUsual'),
    usualRise: read(watch, 'forecastUsualRise'),
    slope: read(watch, 'forecastSlope'),
    since: read(watch, 'forecastSince'),
    madeAt: read(watch, 'forecastMadeAt'),
    standsSince: read(watch, 'forecastStandsSince'),
    at: read(watch, 'forecastAt'),
    earliest: read(watch, 'forecastEarliest'),
    latest: read(watch, 'forecastLatest'),
  };
}

/** Asks the detector, and keeps what it says of a side on which the series does harm. */
function noteOddness(watch: Watch, sample: Sample, ratio: number, falseAlarmsPerMonth: number): void {
  const { record, series } = watch;
  const verdict = detector.observe(stateOf(watch), sample);
  const { side } = toleranceOf[series.role];
  const harmful = ratio > 0 ? side !== 'below' : side !== 'above';
  // The scale is one of false alarms, so that the knob is a factor on it.
  const evidence = verdict.learning || !harmful ? 0 : verdict.evidence * falseAlarmsPerMonth;
  record[field.evidence] = evidence;
  if (evidence < 1) return;
  record[field.oddAt] = ratio > 0 ? sample.at : -sample.at;
  record[field.oddStream] = streams.indexOf(verdict.stream);
}

/** Odd by itself or just after a sample that was, on the same side, and further out than the role tolerates. */
function isOdd(watch: Watch, { at, value }: Sample, ratio: number, periodSeconds: number): boolean {
  const oddAt = read(watch, 'oddAt');
  if (oddAt === 0 || oddAt > 0 !== ratio > 0) return false;
  if (at - Math.abs(oddAt) > Math.max(oddSeconds, 2 * periodSeconds) * 1000) return false;
  const expectation = expectationOf(watch);
  return Math.abs(value - levelOf(expectation)) > tolerated(expectation, toleranceOf[watch.series.role]);
}
const oddSeconds = 30;

function suspect(
  watch: Watch,
  sample: Sample,
  {
    ratio,
    seconds,
    periodSeconds,
  }: { readonly ratio: number; readonly seconds: number; readonly periodSeconds: number },
): void {
  const { record, series } = watch;
  const { side, fadeSeconds } = toleranceOf[series.role];
  const odd = isOdd(watch, sample, ratio, periodSeconds);
  for (const [name, harmless, towards] of [
    ['above', 'below', ratio],
    ['below', 'above', -ratio],
  ] as const) {
    const deviation = side !== harmless && towards > 0 ? { ratio: towards, odd } : { ratio: 0, odd: false };
    record[field[name]] = gather(read(watch, name), deviation, seconds, fadeSeconds);
  }
}

/** Suspicion alone does not alarm: the sample itself must be out on that side. */
function directionNow(watch: Watch, sample: Sample, ratio: number, periodSeconds: number): 'above' | 'below' | null {
  if (read(watch, 'learning') === 1) return null;
  const out = Math.abs(ratio) > 1 || isOdd(watch, sample, ratio, periodSeconds);
  if (!out) return null;
  if (ratio > 0) return read(watch, 'above') >= 1 ? 'above' : null;
  return read(watch, 'below') >= 1 ? 'below' : null;
}

const maximumGapSeconds = 600;
const sustainedSeconds = 40;

/** What is expected of the series, with what was learnt so far. */
export const expectedBand = (watch: Watch): Band => bandOf(expectationOf(watch), toleranceOf[watch.series.role]);

/** An alarm in the same direction within this time of the last one is the same trouble going on. */
export const sameTroubleMilliseconds = 120_000;

function raise(
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
    fingerprint: `${series.id}#${direction}`,
    series: series.id,
    service: series.service,
    instance: series.instance,
    role: series.role,
    metric: series.metric,
    direction,
    stream: isLogSeries(series) ? 'log' : streamOf(read(watch, 'stream')),
    observed: read(watch, 'observed'),
    band: { low: read(watch, 'low'), high: read(watch, 'high') },
    score: read(watch, 'score'),
    onset: read(watch, 'onset'),
    lastSeen,
  };
}

const streamOf = (code: number): Stream => streams[code] ?? 'drift';
