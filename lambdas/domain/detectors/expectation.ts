import type { Band } from '../anomaly/anomaly.ts';
import type { Sample } from '../signal/series.ts';
import type { Tolerance } from './role-tolerance.ts';

/**
 * What a series is expected to do now, and how it scatters about that: a level and two mean absolute deviations that few
 * wild values cannot move (Huber's estimator as a stochastic approximation). All constants are durations, so that it does
 * not matter how often samples come. It is small, so that it can be kept as it was at several moments of the past.
 */
export type Expectation = Float64Array;

/** Changes whenever the layout or the meaning of an expectation changes. */
export const expectationVersion = 1;

/** Where an expectation keeps what. Times are epoch milliseconds. */
const slot = {
  /** Samples learnt since the start or the last relearning. */
  seen: 0,
  /** Samples learnt at the present spacing. */
  seenAtSpacing: 1,
  firstAt: 2,
  lastAt: 3,
  /** Seconds between samples. */
  spacing: 4,
  /** Consecutive samples that came further apart than the spacing. */
  wider: 5,
  level: 6,
  /** Mean absolute deviation from the level, over half an hour and over six hours. */
  nearSpread: 7,
  farSpread: 8,
} as const;

export const expectationLength = Object.keys(slot).length;

const levelSeconds = 1800;
const nearSpreadSeconds = 1800;
const farSpreadSeconds = 6 * 3600;
/** Half width of the band in mean absolute deviations: 4.8 standard deviations of a normal noise. */
const widthInSpreads = 6;
/** A sample pulls the level by at most so many mean absolute deviations. */
const clip = 3;
/** And the spread by at most this many, so that what creeps away does not widen its own band as it goes. */
const spreadClip = 1.5;
/** A series is judged once it has so many samples of its own over so long a time. */
export const learningSeconds = 20 * 60;
export const learningSamples = 20;
/** After a silence this long the past says little about the present. */
const forgetSeconds = 3600;

const get = (expectation: Expectation, name: keyof typeof slot): number => expectation[slot[name]] ?? 0;

export const levelOf = (expectation: Expectation): number => get(expectation, 'level');

/** True until there are points enough, in number and in time, to judge by. */
export const isLearning = (expectation: Expectation): boolean =>
  get(expectation, 'seenAtSpacing') < learningSamples ||
  get(expectation, 'lastAt') - get(expectation, 'firstAt') < learningSeconds * 1000;

/** How far a value may stray before it can be abnormal, whatever the noise; in the unit of the series. */
export const tolerated = (expectation: Expectation, tolerance: Tolerance): number =>
  Math.max(
    tolerance.absolute,
    tolerance.relative * Math.abs(levelOf(expectation)),
    // Rates are per minute.
    ((tolerance.events ?? 0) * 60) / Math.max(get(expectation, 'spacing'), 1),
  );

/** The wider of both spreads, as a calm hour does not make a nervous band, and never less than what is tolerated. */
export function bandOf(expectation: Expectation, tolerance: Tolerance): Band {
  const width = Math.max(widthInSpreads * spreadOf(expectation), tolerated(expectation, tolerance));
  const level = levelOf(expectation);
  return { low: level - width, high: level + width };
}

const spreadOf = (expectation: Expectation): number =>
  Math.max(get(expectation, 'nearSpread'), get(expectation, 'farSpread'));

/**
 * Takes note of the time of a sample before it is judged: after a long silence everything is forgotten, and the noise of
 * another spacing is learnt anew. Returns how many seconds the sample stands for.
 */
export function beginSample(expectation: Expectation, { at, value }: Sample): number {
  const elapsed = (at - get(expectation, 'lastAt')) / 1000;
  if (get(expectation, 'seen') > 0 && elapsed > forgetSeconds) expectation.fill(0);
  if (get(expectation, 'seen') === 0) {
    expectation[slot.firstAt] = at;
    expectation[slot.level] = value;
    return 0;
  }
  adaptSpacing(expectation, elapsed);
  return Math.min(elapsed, get(expectation, 'spacing'));
}

function adaptSpacing(expectation: Expectation, elapsed: number): void {
  const spacing = get(expectation, 'spacing');
  const closer = elapsed < spacing / 1.5;
  expectation[slot.wider] = spacing > 0 && elapsed > spacing * 1.5 ? get(expectation, 'wider') + 1 : 0;
  if (spacing !== 0 && !closer && get(expectation, 'wider') < 3) return;
  expectation[slot.spacing] = elapsed;
  expectation[slot.seenAtSpacing] = 0;
  expectation[slot.wider] = 0;
}

/** Learns a sample that stands for `seconds`, at a `pace` of 1 or less; `tolerance` keeps a constant series from freezing. */
export function learn(
  expectation: Expectation,
  { at, value }: Sample,
  { seconds, pace, tolerance }: { readonly seconds: number; readonly pace: number; readonly tolerance: Tolerance },
): void {
  const seen = get(expectation, 'seen');
  const spread = spreadOf(expectation);
  const unit =
    seen < learningSamples
      ? Number.POSITIVE_INFINITY
      : Math.max(spread, tolerated(expectation, tolerance) / widthInSpreads);
  const deviation = value - levelOf(expectation);
  const pull = Math.max(-clip * unit, Math.min(clip * unit, deviation));
  const distance = Math.min(Math.abs(deviation), spreadClip * unit);
  const follow = (name: keyof typeof slot, target: number, timeConstant: number, count: number): void => {
    const gain = Math.min(1, pace * Math.max(seconds / timeConstant, 1 / (count + 1)));
    expectation[slot[name]] = get(expectation, name) + gain * (target - get(expectation, name));
  };
  follow('level', levelOf(expectation) + pull, levelSeconds, seen);
  follow('nearSpread', distance, nearSpreadSeconds, get(expectation, 'seenAtSpacing'));
  follow('farSpread', distance, farSpreadSeconds, seen);
  expectation[slot.lastAt] = at;
  expectation[slot.seen] = seen + 1;
  expectation[slot.seenAtSpacing] = get(expectation, 'seenAtSpacing') + 1;
}
