import { describe, expect, it } from 'vitest';
import { runScheduledLoop } from '../../../lambdas/runtime/scheduled-loop.ts';

const rhythm = { intervalSeconds: 5, offsetSeconds: 2.5, loopSeconds: 20 };

function virtualTime(start: number) {
  let now = start;
  const failures: unknown[] = [];
  const tools = {
    clock: { now: () => now },
    sleep: async (milliseconds: number) => {
      now += milliseconds;
    },
    onFailure: (error: unknown) => failures.push(error),
  };
  return { tools, failures, advance: (milliseconds: number) => (now += milliseconds) };
}

describe('the scheduled loop', () => {
  it('passes at once, then on the wall clock grid plus offset', async () => {
    const { tools } = virtualTime(1_000);
    const passes: number[] = [];
    await runScheduledLoop(tools, rhythm, async () => {
      passes.push(tools.clock.now());
      return 'continue';
    });
    expect(passes).toEqual([1_000, 2_500, 7_500, 12_500, 17_500]);
  });

  it('makes a single pass when it has no time to loop', async () => {
    const { tools } = virtualTime(1_000);
    let passes = 0;
    await runScheduledLoop(tools, { ...rhythm, loopSeconds: 0 }, async () => {
      passes += 1;
      return 'continue';
    });
    expect(passes).toBe(1);
  });

  it('skips grid points that a slow pass has missed', async () => {
    const { tools, advance } = virtualTime(2_500);
    const passes: number[] = [];
    await runScheduledLoop(tools, rhythm, async () => {
      passes.push(tools.clock.now());
      advance(6_000);
      return 'continue';
    });
    expect(passes).toEqual([2_500, 12_500, 22_500]);
  });

  it('stops when a pass says so', async () => {
    const { tools } = virtualTime(0);
    let passes = 0;
    await runScheduledLoop(tools, rhythm, async () => (++passes === 2 ? 'stop' : 'continue'));
    expect(passes).toBe(2);
  });

  it('goes on after a failed pass and fails at the end', async () => {
    const { tools, failures } = virtualTime(0);
    let passes = 0;
    const loop = runScheduledLoop(tools, rhythm, async () => {
      passes += 1;
      if (passes === 2) throw new Error('throttled');
      return 'continue';
    });
    await expect(loop).rejects.toThrow('1 passes of the loop failed');
    expect(passes).toBe(5);
    expect(failures).toHaveLength(1);
  });
});
