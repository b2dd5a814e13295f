import type { Band } from '../anomaly/anomaly.ts';
import type { Sample } from '../signal/series.ts';

export type Verdict = {
  /** True until the series has points enough of its own to be judged. */
  readonly learning: boolean;
  /** 0 upwards; 1 is the alarm threshold. */
  readonly score: number;
  /** What was expected of this sample before it was seen. */
  readonly band: Band;
  readonly direction: 'above' | 'below' | 'within';
};

/**
 * A streaming, strictly causal detector of one series. Its whole state is one
 * typed array of fixed length, so that it can be stored at any point and
 * resumed bit for bit.
 */
export type MetricDetector = {
  /** Changes whenever the layout or meaning of the state changes. */
  readonly version: number;
  readonly stateLength: number;
  initial(): Float64Array;
  /** Judges the sample, then learns from it, changing `state` in place. */
  observe(state: Float64Array, sample: Sample): Verdict;
  /** The band a (frozen) state expects at a time, epoch milliseconds; learns nothing. */
  band(state: Float64Array, at: number): Band;
};
