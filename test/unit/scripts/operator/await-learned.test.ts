import { expect, it } from 'vitest';
import { manualClock } from '../../../../lambdas/adapters/memory/clock.ts';
import { memoryDetectorState } from '../../../../lambdas/adapters/memory/detector-state.ts';
import { overviewName } from '../../../../lambdas/detection/detect-anomalies.ts';
import { emptyOverview, summariesOf } from '../../../../lambdas/domain/anomaly/overview.ts';
import { encodeOverview } from '../../../../lambdas/domain/anomaly/overview-body.ts';
import { planShards } from '../../../../lambdas/domain/anomaly/plan-shards.ts';
import { field } from '../../../../lambdas/domain/anomaly/watch.ts';
import { seriesIdSchema, serviceNameSchema } from '../../../../lambdas/domain/ids.ts';
import { awaitLearned } from '../../../../scripts/operator/await-learned.ts';

const start = Date.UTC(2030, 0, 1);

const seriesOf = (index: number) => ({
  id: seriesIdSchema.parse(`Shop|CpuUtilization|Service=cart-${index}|Average`),
  namespace: 'Shop',
  metric: 'CpuUtilization',
  dimensions: [{ name: 'Service', value: `cart-${index}` }],
  statistic: 'Average' as const,
  role: 'cpu' as const,
  service: serviceNameSchema.parse('cart'),
  instance: null,
});

/** Each pause is a second; the passes tell at which second they came, and how many series they knew and were learning. */
const play = async (passes: readonly { second: number; series: number; learning: number }[]) => {
  const clock = manualClock(start);
  const detectorState = memoryDetectorState();
  const said: string[] = [];
  let tag: string | null = null;
  const pause = async () => {
    clock.pass(1);
    const pass = passes.find(({ second }) => start + second * 1000 === clock.now());
    if (pass === undefined) return;
    const overview = emptyOverview();
    overview.scannedAt = clock.now();
    const series = Array.from({ length: pass.series }, (_, index) => seriesOf(index));
    planShards(overview, series, { seriesInShard: 500, now: clock.now() });
    for (const [index, { record }] of summariesOf(overview).entries()) {
      record[field.learning] = index < pass.learning ? 1 : 0;
    }
    tag = await detectorState.save(overviewName, encodeOverview(overview), tag);
  };
  const known = await awaitLearned({ clock, detectorState, pause }, 60, (line) => said.push(line));
  return { known, said, after: (clock.now() - start) / 1000 };
};

it('waits until two passes know the same series, and what is normal for them', async () => {
  const { known, said, after } = await play([
    { second: 5, series: 2, learning: 0 },
    { second: 10, series: 20, learning: 20 },
    { second: 15, series: 20, learning: 1 },
    { second: 20, series: 20, learning: 0 },
  ]);
  expect(after).toBe(15);
  expect(known).toMatchObject({ series: 20, learning: 1 });
  expect(said).toContain('waiting for the first scan');
  expect(said).toContain('0 of 20 series known');
});

it('gives up in one line', async () => {
  await expect(play([{ second: 5, series: 20, learning: 20 }])).rejects.toThrow('within 60 s');
});
