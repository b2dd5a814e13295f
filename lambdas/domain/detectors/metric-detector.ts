import type { Band } from '../anomaly/anomaly.ts';
import type { Sample } from '../signal/series.ts';

export type Verdict = {
  /** True until the series has points enough of its own to be judged. */
  readonly learning: boolean;
  /** 0 upwards; 1 is the alarm threshold. Given once for one trouble: what goes on or fades out scores 0. */
  readonly score: number;
  /** What the score is made from, before it is calibrated to the operator's knob: for benchmarks that sweep a threshold. */
  readonly raw: number;
  /** The same scale as the score for this sample alone, whether or not its trouble has alarmed already. */
  readonly evidence: number;
  /** What was expected of this sample before it was seen. */
  readonly band: Band;
  /** Which way the sample is out, while its evidence reaches 1; a band may be left without that, and the other way round. */
  readonly direction: 'above' | 'below' | 'within';
  /** What the detector found oddest: the name of one of its streams. */
  readonly stream: string;
  /** Start of the odd stretch that this sample belongs to, epoch milliseconds; the sample's own time if it is not odd. */
  readonly since: number;
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
  /** A state that has seen nothing: zeros. */
  initial(): Float64Array;
  /** Judges the sample, then learns from it, changing `state` in place. */
  observe(state: Float64Array, sample: Sample): Verdict;
  /** The band a (frozen) state expects at a time, epoch milliseconds; learns nothing. */
  band(state: Float64Array, at: number): Band;
};
