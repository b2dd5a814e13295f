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
