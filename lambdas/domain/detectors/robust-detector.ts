import type { Band } from '../anomaly/anomaly.ts';
import type { MetricDetector, Verdict } from './metric-detector.ts';
import { get, slot, spreadOf, stateLength } from './robust-state.ts';
import type { Tolerance } from './role-tolerance.ts';

const levelSeconds = 1800;
const nearSpreadSeconds = 1800;
const farSpreadSeconds = 6 * 3600;
/** Half width of the band in mean absolute deviations: 4.8 standard deviations of a normal noise. */
const widthInSpreads = 6;
/** A sample pulls the level by at most so many mean absolute deviations. */
const clip = 3;
/** And the spread by at most this many, so that what creeps away does not widen its own band as it goes. */
const spreadClip = 1.5;
/** A deviation of one and a half widths beyond the band alarms after about so many seconds. */
const evidenceSeconds = 15;
const maximumExcess = 1.5;
/** What one sample alone can add: no single one alarms, whatever its period. */
const maximumStep = 0.5;
const learningSeconds = 20 * 60;
const learningSamples = 20;
/** After a silence this long the past says little about the present. */
const forgetSeconds = 3600;
/** An alarm this old is the new normal as far as learning goes. */
const acceptSeconds = 1800;

/**
 * Exponentially weighted level and mean absolute deviation with clipped
 * updates (Huber's estimator as a stochastic approximation), and evidence
 * gathered over time in the manner of a one-sided CUSUM (Page 1954). All
 * constants are durations, so that the period of sampling does not matter.
 */
export function robustDetector(tolerance: Tolerance): MetricDetector {
  const halfWidth = (state: Float64Array): number =>
    Math.max(
      tolerance.absolute,
      tolerance.relative * Math.abs(get(state, slot.level)),
      widthInSpreads * spreadOf(state),
      // Rates are per minute.
      ((tolerance.events ?? 0) * 60) / Math.max(get(state, slot.spacing), 1),
    );

  const bandOf = (state: Float64Array): Band => {
    const level = get(state, slot.level);
    const width = halfWidth(state);
    return { low: level - width, high: level + width };
  };

  const isLearning = (state: Float64Array): boolean =>
    get(state, slot.seenAtSpacing) < learningSamples ||
    get(state, slot.lastAt) - get(state, slot.firstAt) < learningSeconds * 1000;

  /** Evidence alone does not alarm: the sample itself must lie outside on that side. */
  const verdict = (state: Float64Array, band: Band, learning: boolean, value: number): Verdict => {
    const score = Math.max(get(state, slot.above), get(state, slot.below));
    const deviation = value - get(state, slot.level);
    const outside = get(state, slot.above) >= 1 ? value > band.high : get(state, slot.below) >= 1 && value < band.low;
    if (learning || !outside) return { learning, score: Math.min(score, 0.99), band, direction: 'within' };
    const width = (band.high - band.low) / 2;
    return {
      learning,
      score: Math.max(1, Math.abs(deviation) / width),
      band,
      direction: deviation > 0 ? 'above' : 'below',
    };
  };

  return {
    version: 1,
    stateLength,
    initial: () => new Float64Array(stateLength),
    band: (state) => bandOf(state),
    observe(state, { at, value }) {
      const known = get(state, slot.seen) > 0;
      const elapsed = (at - get(state, slot.lastAt)) / 1000;
      if (!Number.isFinite(value) || (known && elapsed <= 0)) {
        return verdict(state, bandOf(state), isLearning(state), get(state, slot.level));
      }
      if (known && elapsed > forgetSeconds) state.fill(0);
      if (get(state, slot.seen) === 0) {
        state[slot.firstAt] = at;
        state[slot.level] = value;
      } else adaptSpacing(state, elapsed);

      const band = bandOf(state);
      const learning = isLearning(state);
      const deviation = value - get(state, slot.level);
      const ratio = Math.abs(deviation) / Math.max(halfWidth(state), Number.MIN_VALUE);
      const seconds = get(state, slot.seen) === 0 ? 0 : Math.min(elapsed, get(state, slot.spacing));
      if (!learning) {
        gather(state, slot.above, tolerance.side !== 'below' && deviation > 0 ? ratio : 0, seconds);
        gather(state, slot.below, tolerance.side !== 'above' && deviation < 0 ? ratio : 0, seconds);
      }
      noteAlarm(state, at);
      learn(state, at, deviation, seconds, halfWidth(state) / widthInSpreads);
      return verdict(state, band, learning, value);
    },
  };

  function gather(state: Float64Array, index: number, ratio: number, seconds: number): void {
    const excess = Math.min(ratio - 1, maximumExcess);
    const step =
      excess > 0 ? Math.min((excess * seconds) / evidenceSeconds, maximumStep) : -seconds / tolerance.fadeSeconds;
    state[index] = Math.min(2, Math.max(0, get(state, index) + step));
  }
}

function learn(state: Float64Array, at: number, deviation: number, seconds: number, floor: number): void {
  const seen = get(state, slot.seen);
  const alarmed = get(state, slot.alarmedAt);
  const pace = alarmed > 0 && at - alarmed < acceptSeconds * 1000 ? 0.1 : 1;
  const unit = seen < learningSamples ? Number.POSITIVE_INFINITY : Math.max(spreadOf(state), floor);
  const pull = Math.max(-clip * unit, Math.min(clip * unit, deviation));
  const distance = Math.min(Math.abs(deviation), spreadClip * unit);
  const follow = (index: number, target: number, timeConstant: number, count: number): void => {
    const gain = Math.min(1, pace * Math.max(seconds / timeConstant, 1 / (count + 1)));
    state[index] = get(state, index) + gain * (target - get(state, index));
  };
  follow(slot.level, get(state, slot.level) + pull, levelSeconds, seen);
  follow(slot.nearSpread, distance, nearSpreadSeconds, get(state, slot.seenAtSpacing));
  follow(slot.farSpread, distance, farSpreadSeconds, seen);
  state[slot.lastAt] = at;
  state[slot.seen] = seen + 1;
  state[slot.seenAtSpacing] = get(state, slot.seenAtSpacing) + 1;
}

/** The noise of another spacing is another noise: the near spread is learnt anew, and nothing is judged meanwhile. */
function adaptSpacing(state: Float64Array, elapsed: number): void {
  const spacing = get(state, slot.spacing);
  const closer = elapsed < spacing / 1.5;
  state[slot.wider] = spacing > 0 && elapsed > spacing * 1.5 ? get(state, slot.wider) + 1 : 0;
  if (spacing !== 0 && !closer && get(state, slot.wider) < 3) return;
  state[slot.spacing] = elapsed;
  state[slot.seenAtSpacing] = 0;
  state[slot.wider] = 0;
}

function noteAlarm(state: Float64Array, at: number): void {
  if (Math.max(get(state, slot.above), get(state, slot.below)) < 1) state[slot.alarmedAt] = 0;
  else if (get(state, slot.alarmedAt) === 0) state[slot.alarmedAt] = at;
}
