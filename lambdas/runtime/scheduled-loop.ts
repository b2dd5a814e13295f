import type { Clock } from '../ports/clock.ts';

export type Rhythm = {
  /** Seconds between passes, on the wall clock's own grid. */
  readonly intervalSeconds: number;
  /** Seconds after each grid point at which a pass begins, 0 to below the interval. */
  readonly offsetSeconds: number;
  /** No pass begins later than this many seconds after the start; 0 makes one pass. */
  readonly loopSeconds: number;
};

export type LoopTools = {
  readonly clock: Clock;
  /** Resolves after so many milliseconds. */
  sleep(milliseconds: number): Promise<void>;
  /** Told of each pass that threw, when it threw. */
  onFailure(error: unknown): void;
};

/**
 * Makes one pass at once and then one at every grid point plus offset, until
 * the loop's time is over or a pass answers `stop`. A pass that takes longer
 * than the interval skips grid points instead of bunching. One failed pass does
 * not cost the others; the failures are thrown together at the end, so that
 * the invocation counts as failed.
 */
export async function runScheduledLoop(
  { clock, sleep, onFailure }: LoopTools,
  { intervalSeconds, offsetSeconds, loopSeconds }: Rhythm,
  pass: () => Promise<'continue' | 'stop'>,
): Promise<void> {
  const end = clock.now() + loopSeconds * 1000;
  const failures: unknown[] = [];
  for (;;) {
    const verdict = await pass().catch((error: unknown) => {
      onFailure(error);
      failures.push(error);
      return 'continue' as const;
    });
    const now = clock.now();
    const next = nextBeat(now, intervalSeconds * 1000, offsetSeconds * 1000);
    if (verdict === 'stop' || next > end) break;
    await sleep(next - now);
  }
  if (failures.length > 0) throw new AggregateError(failures, `${failures.length} passes of the loop failed`);
}

/** The first time after `now` that is a multiple of the interval plus the offset, all in milliseconds. */
function nextBeat(now: number, interval: number, offset: number): number {
  return Math.floor((now - offset) / interval + 1) * interval + offset;
}
