import type { Band, Direction } from '../anomaly/anomaly.ts';
import type { ErrorBudget } from '../forecast/error-budget.ts';
import type { Forecast } from '../forecast/forecast.ts';
import type { SeriesId } from '../ids.ts';
import type { Yardstick } from '../incident/incident.ts';
import type { SamplesBySeries } from '../signal/series.ts';
import type { Topology } from '../topology/topology.ts';
import { wasFelt } from './last-minute.ts';
import { isOut, longestQuietGap, separateTroubleSeconds } from './quiet-gap.ts';
import { readWindows, type WindowSource } from './read-windows.ts';
import { seriesInPlay } from './series-in-play.ts';
import { budgetAfter, horizonAfter, type TrendState, trendAfter } from './trend-turned.ts';
import type { Verification } from './verification.ts';
import { calmUntil, cleanRun, excess, improving, outOfBand, settledInMargin, unread } from './window-runs.ts';

export type JudgeQuestion = {
  readonly yardsticks: readonly Yardstick[];
  /** Samples of the yardsticks' series from `patternFrom` to `now`. */
  readonly samples: SamplesBySeries;
  /** What the frozen detector state of a yardstick expects at a time. */
  readonly band: (yardstick: Yardstick, at: number) => Band;
  /** On which side each series alarmed; series that did not are judged on their harmful side. */
  readonly alarmed: ReadonlyMap<SeriesId, Direction>;
  /** What was foretold, and the series of which it was; null for an observed incident. */
  readonly foretold: {
    readonly forecast: Forecast;
    readonly series: ReadonlySet<SeriesId>;
    /** Counted anew up to now, where it is an error budget; null where it is none or could not be read. */
    readonly budget: ErrorBudget | null;
  } | null;
  /** The workload as it is now: what is out of play in it is not judged. */
  readonly topology: Topology;
  readonly onset: number;
  /** A little before onset: trouble that comes and goes may have shown itself there already. */
  readonly patternFrom: number;
  /** Start of the first act of this attempt. */
  readonly actStartedAt: number;
  /** End of the last act of this attempt. */
  readonly actedAt: number;
  /** Up to here telemetry has settled. */
  readonly now: number;
  readonly periodSeconds: number;
  /** Longest time that any act of this attempt may take to show, after it ended. */
  readonly effectWithinSeconds: number;
  /** How long the trouble had been quiet before it came back after a recovery; 0 where it is no relapse. */
  readonly quietBeforeSeconds: number;
};

/** Trouble that keeps shrinking may take up to this many times the declared time of the effect. */
const patienceWhileImproving = 3;
/** A longer quiet than this is not waited for: a person judges. */
const longestWaitSeconds = 1800;
/** A trend in noise takes this long to show that it has turned. */
const trendPatienceSeconds = 900;

/** Six windows and 30 s at least; with one-minute periods five. */
export const baseRequiredWindows = (periodSeconds: number): number =>
  periodSeconds >= 60 ? 5 : Math.max(6, Math.ceil(30 / periodSeconds));

/**
 * Judges recovery by the incident's own yardstick: bands from before onset,
 * windows that began after the last act ended. Never `recovered` on missing
 * telemetry, nor sooner than twice the longest quiet gap that the incident has shown, or that it had before it came back
 * after a recovery.
 */
export const judge = (question: JudgeQuestion): Verification => {
  const period = question.periodSeconds * 1000;
  const inPlay = seriesInPlay(question.topology);
  const present = question.yardsticks.filter(({ series }) => inPlay(series));
  // Where a breach was foretold the trend is the measure: what has grown may stay where it is.
  const yardsticks = present.filter(({ series }) => !question.foretold?.series.has(series.id));
  const trend = worstTrend(question, present);
  const source: WindowSource = { ...question, yardsticks };
  const before = readWindows(source, question.onset, question.actStartedAt);
  const after = readWindows(source, question.actedAt, question.now);
  const shown = readWindows(source, question.patternFrom, question.actStartedAt);
  const separate = Math.ceil(separateTroubleSeconds / question.periodSeconds);
  const gap = Math.max(longestQuietGap(shown, separate, true), longestQuietGap([...shown, ...after], separate, false));
  const ordinary = Math.max(baseRequiredWindows(question.periodSeconds), 2 * gap);
  const quietDemanded = 2 * question.quietBeforeSeconds;
  const required = Math.max(ordinary, Math.ceil(quietDemanded / question.periodSeconds));
  const run = cleanRun(after);
  const elapsed = question.now - question.actedAt;
  const patience = question.effectWithinSeconds * 1000 + 2 * ordinary * period;

  const conclude = (verdict: Verification['verdict'], reason: string): Verification => ({
    verdict,
    actedAt: question.actedAt,
    judgedAt: question.now,
    cleanWindows: run,
    requiredWindows: required,
    longestQuietGapSeconds: gap * question.periodSeconds,
    outOfBand: outOfBand(after.at(-1)),
    reason,
  });

  if (!yardsticks.some(({ series }) => series.role === 'requests')) {
    return conclude('inconclusive', 'no yardstick tells whether demand is served');
  }
  const lastMinute = readWindows(source, question.now - Math.max(60_000, period), question.now);
  if (trend === 'goesOn' && elapsed >= question.effectWithinSeconds * 1000) {
    return conclude('notRecovered', 'what was foretold would still come true');
  }
  const clean = run >= ordinary && !settledInMargin(after.slice(-ordinary)) && !wasFelt(lastMinute);
  if (clean && trend !== 'turned') {
    return elapsed < Math.max(patience, trendPatience(question))
      ? conclude('pending', 'every yardstick is inside its band, and whether the trend has turned is not certain yet')
      : conclude('inconclusive', 'whether the trend has turned cannot be told from the samples since the act');
  }
  if (clean && quietDemanded > longestWaitSeconds) {
    const quiet = Math.round(question.quietBeforeSeconds / 60);
    return conclude('inconclusive', `all is well, but so it was for ${quiet} min before it came back the last time`);
  }
  if (clean && run < required) {
    return conclude('pending', `${run} of ${required} clean windows, since it came back after a recovery`);
  }
  if (clean) {
    return conclude(
      'recovered',
      `${run} windows in a row with every yardstick inside its band${aheadNoMore(question)}`,
    );
  }
  const newest = after.slice(-ordinary);
  const stuck = newest.length >= ordinary && newest.every(isOut) && !improving(after, ordinary);
  if (stuck && elapsed >= question.effectWithinSeconds * 1000) {
    return conclude('notRecovered', 'the effect should have shown by now and every window is still out of band');
  }
  if (stuck && elapsed >= question.effectWithinSeconds * 500 && excess(newest) > 2 * excess(before) + 1) {
    return conclude('notRecovered', 'it is clearly worse than before the act');
  }
  const limit = improving(after, ordinary)
    ? Math.max(patience, patienceWhileImproving * question.effectWithinSeconds * 1000)
    : patience;
  const calm = required > ordinary ? calmUntil(after, ordinary, period) : null;
  const disturbed = calm === null ? elapsed : question.now - calm;
  if (disturbed < limit && elapsed < limit + 2 * required * period) {
    return conclude('pending', unread(newest) ?? `${run} of ${required} clean windows`);
  }
  if (disturbed < limit && calm !== null) {
    return conclude('inconclusive', 'all is well again and again, but not for as long as before it came back');
  }
  return newest.some(isOut)
    ? conclude('notRecovered', `only ${run} of ${required} clean windows after ${Math.round(elapsed / 1000)} s`)
    : conclude('inconclusive', unread(newest) ?? 'telemetry is missing or stays at the edge of its bands');
};

/** The trend that is worst of those foretold; `turned` where none was, or none is left in play. */
const worstTrend = ({ foretold, samples, actedAt }: JudgeQuestion, present: readonly Yardstick[]): TrendState => {
  if (foretold === null) return 'turned';
  if (foretold.forecast.budget !== undefined) {
    return foretold.budget === null ? 'unclear' : budgetAfter(foretold.budget, actedAt);
  }
  const states = present
    .filter(({ series }) => foretold.series.has(series.id))
    .map(({ series }) => trendAfter(foretold.forecast, series, samples.get(series.id) ?? [], actedAt));
  return (['goesOn', 'unclear'] as const).find((state) => states.includes(state)) ?? 'turned';
};

/** What was foretold may come back later: as far as this was looked ahead. */
const aheadNoMore = ({ foretold }: JudgeQuestion): string =>
  foretold === null
    ? ''
    : `, and the limit that was foretold not ahead within ${Math.round(horizonAfter(foretold.forecast) / 60)} min`;

const trendPatience = ({ foretold }: JudgeQuestion): number =>
  (foretold?.forecast.budget === undefined ? trendPatienceSeconds : longestWaitSeconds) * 1000;
