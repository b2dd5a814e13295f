import type { Band } from '../../anomaly/anomaly.ts';
import { bounded } from '../../signal/bounded.ts';
import type { Sample } from '../../signal/series.ts';
import { defaultFalseAlarmsPerMonth, scoreOf } from './calibration.ts';
import { type Combined, combine } from './combine.ts';
import { deduplicate } from './deduplicate.ts';
import { expectedBand } from './expected-band.ts';
import { scalar, stateLength, stateVersion, type View, viewOf } from './layout.ts';
import { rate } from './rate.ts';
import { loudest, noSurprises, observeStreams, type StreamName } from './streams.ts';

const dayLength = 86_400_000;
const perDayAtFirst = 288;
/** Samples before a verdict means something. */
const learningSamples = 120;
const intervalRate = 0.002;
const newestIntervalRate = rate(8);
/** When the newest gaps differ from the usual ones by this factor, they come at another resolution. */
const otherResolution = 2;
const longestGap = 5;
/** Surprise at which an excursion begins, and below which it is over. */
const excursionFrom = 1.5;
const excursionTo = 0.75;
const defaultSeed = 1;

export type SurpriseOptions = {
  /** The operator's knob: expected false alarms per metric and month. */
  readonly falseAlarmsPerMonth?: number;
  /** Which stored shapes are replaced; any whole number. */
  readonly seed?: number;
};

/** A verdict that explains itself. */
export type SurpriseVerdict = {
  /** True until the series has samples enough of its own to be judged. */
  readonly learning: boolean;
  /** Given once for one trouble: what goes on or fades out scores 0. How many times rarer than what the knob allows. */
  readonly score: number;
  /** The same for this sample alone, whether or not its trouble has alarmed already. */
  readonly evidence: number;
  /** What the score is made from, before it is calibrated to the knob: for benchmarks that sweep a threshold. */
  readonly raw: number;
  /** What was expected of this sample before it was seen. */
  readonly band: Band;
  /** Which way the sample is out, while its evidence reaches 1; a band may be left without that, and the other way round. */
  readonly direction: 'above' | 'below' | 'within';
  /** What was oddest. */
  readonly stream: StreamName;
  /** Start of the odd stretch that this sample belongs to, epoch milliseconds; the sample's own time if it is not odd. */
  readonly since: number;
};

/**
 * A streaming, strictly causal detector of one series. Its whole state is one typed array of fixed length, so that it can be
 * stored at any point and resumed bit for bit.
 */
export type SurpriseDetector = {
  /** Changes whenever the layout or meaning of the state changes. */
  readonly version: number;
  readonly stateLength: number;
  initial(): Float64Array;
  /** Judges the sample, then learns from it, changing `state` in place. */
  observe(state: Float64Array, sample: Sample): SurpriseVerdict;
  /** The band a state expects at a time, epoch milliseconds; learns nothing. */
  band(state: Float64Array, at: number): Band;
};

/** Makes a state of zeros one that can learn. */
function begin(state: Float64Array, seed: number): void {
  state[scalar.version] = stateVersion;
  state[scalar.random] = (Math.imul(seed, 2_654_435_761) ^ 0x9e3779b9) >>> 0 || 1;
}

/** Samples a day, from the mean time between samples; a gap counts as five. */
function learnInterval({ scalars }: View, at: number, samples: number): number {
  if (samples === 0) return perDayAtFirst;
  const gap = at - (scalars[scalar.lastAt] ?? 0);
  const mean = scalars[scalar.interval] ?? 0;
  const limited = samples === 1 ? gap : Math.min(gap, longestGap * mean);
  const usual = mean + Math.max(intervalRate, 1 / samples) * (limited - mean);
  const before = scalars[scalar.newestInterval] ?? 0;
  const newest = before + Math.max(newestIntervalRate, 1 / samples) * (limited - before);
  scalars[scalar.newestInterval] = newest;
  const changed = newest * otherResolution < usual || newest > usual * otherResolution;
  const next = changed ? newest : usual;
  scalars[scalar.interval] = next;
  return dayLength / Math.max(1, next);
}

function learnExcursion({ scalars }: View, at: number, surprise: number): number {
  const inside = (scalars[scalar.inExcursion] ?? 0) === 1;
  if (!inside && surprise >= excursionFrom) {
    scalars[scalar.inExcursion] = 1;
    scalars[scalar.since] = at;
  } else if (inside && surprise < excursionTo) scalars[scalar.inExcursion] = 0;
  return (scalars[scalar.inExcursion] ?? 0) === 1 ? (scalars[scalar.since] ?? at) : at;
}

/**
 * The detector of any metric: several streams each say how odd a sample is against the series' own past, and their
 * combined surprise is compared with the threshold of the operator's knob. Strictly causal, constant work and memory.
 *
 * A sample that is no number, or not later than the last one (late, doubled), is neither judged nor learnt.
 */
export function createSurpriseDetector(options: SurpriseOptions = {}): SurpriseDetector {
  const knob = options.falseAlarmsPerMonth ?? defaultFalseAlarmsPerMonth;
  if (!(knob > 0 && Number.isFinite(knob))) throw new RangeError('falseAlarmsPerMonth must be a positive number');
  const seed = options.seed ?? defaultSeed;
  const surprises = noSurprises();
  const combined: Combined = { surprise: 0, level: 0 };

  function observe(state: Float64Array, { at, value: raw }: Sample): SurpriseVerdict {
    const view = viewOf(state);
    const { scalars } = view;
    const samples = scalars[scalar.samples] ?? 0;
    const band = expectedBand(view, at);
    const learning = samples < learningSamples;
    const late = samples > 0 && at <= (scalars[scalar.lastAt] ?? 0);
    if (!Number.isFinite(raw) || !Number.isFinite(at) || late) {
      return { learning, score: 0, raw: 0, evidence: 0, band, direction: 'within', stream: 'novelty', since: at };
    }
    // Adding 0 turns -0 into 0, which would not survive JSON.
    const value = bounded(raw) + 0;
    if (samples === 0) {
      begin(state, seed);
      scalars[scalar.base] = value;
      scalars[scalar.lowest] = value;
    } else if (value < (scalars[scalar.lowest] ?? 0)) scalars[scalar.lowest] = value;
    const centre = samples === 0 ? value : (scalars[scalar.spike] ?? 0);
    const perDay = learnInterval(view, at, samples);
    observeStreams(view, at, value, samples, surprises);
    combine(surprises, samples, perDay, combined);
    const alarm = deduplicate(view, combined.level, perDay);
    const since = learnExcursion(view, at, combined.surprise);
    scalars[scalar.samples] = samples + 1;
    scalars[scalar.lastAt] = at;
    const evidence = scoreOf(combined.level, knob, perDay);
    return {
      learning,
      score: alarm > 0 ? evidence : 0,
      raw: alarm,
      evidence,
      band,
      direction: learning || evidence < 1 ? 'within' : value >= centre ? 'above' : 'below',
      stream: loudest(surprises),
      since,
    };
  }

  return {
    version: stateVersion,
    stateLength,
    initial: () => new Float64Array(stateLength),
    observe,
    band: (state, at) => expectedBand(viewOf(state), at),
  };
}
