import type { Band } from './anomaly.ts';

/** A deviation of one and a half widths beyond the band alarms after about so many seconds. */
const evidenceSeconds = 15;
const maximumExcess = 1.5;
/** What one sample alone can add: no single one alarms, whatever its period. */
const maximumStep = 0.5;
const highest = 2;

type Deviation = {
  /** Distance from what was expected, in half widths of the band, on the side that is judged; 0 on the other. */
  readonly ratio: number;
  /** Whether the detector finds this sample or one just before it odd, and it is beyond what the role tolerates. */
  readonly odd: boolean;
};

/**
 * How much speaks for trouble on one side, 0 to 2, where 1 alarms. It adds up in the manner of a one-sided CUSUM (Page
 * 1954): an odd sample counts for half of an alarm, one outside the band for as much as it is outside and lasts, and what is
 * neither lets suspicion fade.
 */
export function gather(before: number, { ratio, odd }: Deviation, seconds: number, fadeSeconds: number): number {
  const excess = Math.min(ratio - 1, maximumExcess);
  const drift = excess > 0 ? Math.min((excess * seconds) / evidenceSeconds, maximumStep) : 0;
  const step = odd ? maximumStep : drift > 0 ? drift : -seconds / fadeSeconds;
  return Math.min(highest, Math.max(0, before + step));
}

/** Distance from the middle of the band in its half widths, with a sign; a band without width makes it large, not infinite. */
export function ratioTo(value: number, { low, high }: Band): number {
  const ratio = (value - (low + high) / 2) / Math.max((high - low) / 2, Number.MIN_VALUE);
  return Math.max(-largestRatio, Math.min(largestRatio, ratio));
}
const largestRatio = 1e6;

type Drift = {
  /** Of the present sample, with a sign. */
  readonly ratio: number;
  /** The greatest evidence of the last minute, in false alarms that the knob allows: 1 alarms by itself. */
  readonly hint: number;
  /** Since the first suspicious sample outside the band. */
  readonly seconds: number;
};

/** Measured on quiet shops: where nothing is wrong, what drifts comes hardly so far, is hardly so odd, or soon ends. */
const news = { ratio: 3, hint: 0.1, seconds: 400 } as const;

/**
 * Whether what is outside its band without being odd is to alarm: it is a little odd at least, far outside, or stays there.
 * How far and how long goes with the operator's knob, expected false alarms of a series in a month, as oddness does by itself.
 */
export const isNews = ({ ratio, hint, seconds }: Drift, falseAlarmsPerMonth: number): boolean =>
  hint >= news.hint ||
  Math.abs(ratio) >= news.ratio / falseAlarmsPerMonth ** 0.25 ||
  seconds >= news.seconds / falseAlarmsPerMonth;
