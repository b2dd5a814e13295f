/**
 * What is longer unread is learnt as history and no longer judged (detection/read-new-samples.ts), so that with a longer
 * interval nothing would ever alarm; seconds.
 */
const longestInterval = 900;
/** The periods below a minute that CloudWatch gives, and a scan can keep up with. */
const shortIntervals: readonly number[] = [5, 10, 20, 30];

/** True for the seconds between two scans that CloudWatch has periods of and that detection judges by. */
export const isScanInterval = (seconds: number): boolean =>
  shortIntervals.includes(seconds) || (seconds >= 60 && seconds <= longestInterval && seconds % 60 === 0);

export const scanIntervalsText = `${shortIntervals.join(', ')} or a multiple of 60 up to ${longestInterval}`;

/** What LocalStack can keep up with (scripts/cloud/deploy.ts); its CloudWatch has periods of any length. */
export const localStackInterval = 15;
