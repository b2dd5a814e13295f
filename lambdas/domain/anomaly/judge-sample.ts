import { bandOf, beginSample, isLearning, learn, levelOf, tolerated } from '../detectors/expectation.ts';
import { toleranceOf } from '../detectors/role-tolerance.ts';
import { defaultFalseAlarmsPerMonth } from '../detectors/surprise/calibration.ts';
import { bounded } from '../signal/bounded.ts';
import { isLogSeries } from '../signal/log-signals/log-series.ts';
import type { Sample } from '../signal/series.ts';
import { streams } from './anomaly.ts';
import { raise, streamOf } from './anomaly-of.ts';
import { followTrend } from './follow-trend.ts';
import { rotateSnapshots } from './snapshots.ts';
import { gather, isNews, ratioTo } from './suspicion.ts';
import { detector, expectationOf, field, read, snapshotsOf, stateOf, type Watch } from './watch.ts';

export type Judging = {
  /** It only learns: history is no news. */
  readonly quietly?: boolean;
  /** Length of the periods that are judged, where history comes in longer ones; seconds. */
  readonly livePeriodSeconds?: number;
  /** The operator's knob. */
  readonly falseAlarmsPerMonth?: number;
};

type Rules = { readonly falseAlarmsPerMonth: number; readonly periodSeconds: number };

/** Judges one closed period and learns from it; ignores what is not newer than the cursor. */
export function observeSample(
  watch: Watch,
  { at, value }: Sample,
  periodSeconds: number,
  {
    quietly = false,
    falseAlarmsPerMonth = defaultFalseAlarmsPerMonth,
    livePeriodSeconds = periodSeconds,
  }: Judging = {},
): void {
  const { record, series } = watch;
  const cursor = read(watch, 'cursor');
  if (at <= cursor || !Number.isFinite(value)) return;
  const sample = { at, value: bounded(value) };
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
  noteOddness(watch, sample, ratio, { falseAlarmsPerMonth, periodSeconds });
  if (!learning) suspect(watch, sample, { ratio, seconds, periodSeconds });

  const strongest = Math.max(read(watch, 'above'), read(watch, 'below'));
  record[field.evidence] = Math.max(read(watch, 'evidence'), ratio > 0 ? read(watch, 'above') : read(watch, 'below'));
  if (strongest < 1) record[field.alarmedAt] = 0;
  else if (read(watch, 'alarmedAt') === 0) record[field.alarmedAt] = sample.at;
  const alarmed = read(watch, 'alarmedAt');
  const pace = alarmed > 0 && sample.at - alarmed < acceptSeconds * 1000 ? 0.1 : 1;
  learn(expectation, sample, { seconds, pace, tolerance });

  const suspicious = strongest > 0 && !quietly;
  const isOut = Math.abs(ratio) > 1 || isOdd(watch, sample, ratio, periodSeconds);
  // What is left of suspicion from history fades, and begins nothing unless it goes on.
  if (!suspicious) record[field.suspectedAt] = 0;
  else if (isOut && read(watch, 'suspectedAt') === 0) record[field.suspectedAt] = sample.at;
  const direction = directionNow(watch, sample, ratio, { falseAlarmsPerMonth, periodSeconds });
  if (direction !== null && !quietly) {
    raise(watch, {
      direction,
      stream: isOdd(watch, sample, ratio, periodSeconds) ? streamOf(read(watch, 'oddStream')) : 'drift',
      onset: read(watch, 'suspectedAt'),
      lastSeen: sample.at + periodSeconds * 1000,
      score: Math.max(1, Math.abs(ratio)),
    });
  }
  if (suspicious && isOut) {
    record[field.observed] = sample.value;
    record[field.low] = band.low;
    record[field.high] = band.high;
  }
  rotateSnapshots(snapshotsOf(watch), expectation, sample.at, suspicious);
  followTrend(watch, sample, livePeriodSeconds, quietly);
}
/** An alarm this old is the new normal as far as learning goes. */
const acceptSeconds = 1800;

/** Asks the detector, and keeps what it says of a side on which the series does harm. */
function noteOddness(watch: Watch, sample: Sample, ratio: number, { falseAlarmsPerMonth, periodSeconds }: Rules): void {
  const { record, series } = watch;
  const verdict = detector.observe(stateOf(watch), sample);
  const { side } = toleranceOf[series.role];
  const harmful = ratio > 0 ? side !== 'below' : side !== 'above';
  const evidence = verdict.learning || !harmful ? 0 : verdict.evidence * falseAlarmsPerMonth;
  record[field.evidence] = evidence;
  keepHint(watch, sample.at, evidence, periodSeconds);
  if (evidence < 1) return;
  record[field.oddAt] = ratio > 0 ? sample.at : -sample.at;
  record[field.oddStream] = streams.indexOf(verdict.stream);
}

/** Forgets the last one once it is old, or something odder comes. */
function keepHint(watch: Watch, at: number, evidence: number, periodSeconds: number): void {
  const isOld = at - read(watch, 'hintAt') > Math.max(hintSeconds, 2 * periodSeconds) * 1000;
  if (!isOld && evidence < read(watch, 'hint')) return;
  watch.record[field.hint] = evidence;
  watch.record[field.hintAt] = at;
}
const hintSeconds = 60;

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
function directionNow(
  watch: Watch,
  sample: Sample,
  ratio: number,
  { falseAlarmsPerMonth, periodSeconds }: Rules,
): 'above' | 'below' | null {
  if (read(watch, 'learning') === 1) return null;
  const odd = isOdd(watch, sample, ratio, periodSeconds);
  if (!odd && Math.abs(ratio) <= 1) return null;
  const drift = { ratio, hint: read(watch, 'hint'), seconds: (sample.at - read(watch, 'suspectedAt')) / 1000 };
  // What logs are made into is a distance from a band already, and opens nothing by itself.
  if (!odd && !isLogSeries(watch.series) && !isNews(drift, falseAlarmsPerMonth)) return null;
  if (ratio > 0) return read(watch, 'above') >= 1 ? 'above' : null;
  return read(watch, 'below') >= 1 ? 'below' : null;
}

const maximumGapSeconds = 600;
const sustainedSeconds = 40;
