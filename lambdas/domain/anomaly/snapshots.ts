import { type Expectation, expectationLength } from '../detectors/expectation.ts';

/**
 * Copies of a series' expectation that trail behind the live one, so that what
 * was expected before an onset is at hand when the onset is noticed. Copy 0 is
 * taken from the live one, each further one from the copy before it, at growing
 * distances; none moves while the series is suspicious or was lately.
 */
const stridesSeconds = [300, 900, 2700] as const;
/** A series must have been unsuspicious for so long before its copies move again. */
const calmSeconds = 300;

const copyLength = expectationLength + 1;
const suspiciousSlot = stridesSeconds.length * copyLength;

/** Per copy: when it was live, epoch milliseconds (0: empty), and the expectation; then the last suspicion. */
export const snapshotLength = suspiciousSlot + 1;

export function rotateSnapshots(snapshots: Float64Array, live: Expectation, at: number, suspicious: boolean): void {
  if (suspicious) snapshots[suspiciousSlot] = at;
  if (at - (snapshots[suspiciousSlot] ?? 0) < calmSeconds * 1000) return;
  for (let index = stridesSeconds.length - 1; index >= 0; index -= 1) {
    const stride = (stridesSeconds[index] ?? 0) * 1000;
    const copy = copyAt(snapshots, index);
    if (at - (copy[0] ?? 0) < stride) continue;
    if (index === 0) {
      copy[0] = at;
      copy.set(live, 1);
    } else copy.set(copyAt(snapshots, index - 1));
  }
}

/**
 * The newest copy that was live at least a minute before `onset`; the oldest
 * one when `oldest` asks for it (what creeps has begun before it was noticed).
 * Null while there is none.
 */
export function expectationBefore(snapshots: Float64Array, onset: number, oldest: boolean): Expectation | null {
  const taken = stridesSeconds
    .map((_, index) => copyAt(snapshots, index))
    .filter((copy) => (copy[0] ?? 0) > 0 && (copy[0] ?? 0) <= onset - marginMilliseconds);
  const copy = oldest ? taken.at(-1) : taken[0];
  return copy === undefined ? null : copy.slice(1);
}
const marginMilliseconds = 60_000;

function copyAt(snapshots: Float64Array, index: number): Float64Array {
  return snapshots.subarray(index * copyLength, (index + 1) * copyLength);
}
