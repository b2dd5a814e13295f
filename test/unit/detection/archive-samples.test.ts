import { describe, expect, it } from 'vitest';
import { heldShards, scanShard } from '../../../lambdas/detection/scan-shard.ts';
import { isPartDue, partName } from '../../../lambdas/domain/signal/archive-plan.ts';
import { type ArchivedPart, readPart, writePart } from '../../../lambdas/domain/signal/archived-samples.ts';
import { exampleSeries } from '../../support/detection-examples.ts';
import { detectionWorld, healthy } from '../../support/detection-world.ts';

const partsOf = async ({ ports }: ReturnType<typeof detectionWorld>): Promise<ArchivedPart[]> => {
  const names = await ports.scanArchive.list('samples/');
  return Promise.all(names.map(async (name) => readPart((await ports.scanArchive.get(name)) ?? '')));
};
const keys = (parts: readonly ArchivedPart[]) =>
  parts.flatMap(({ samples }) => samples.map(({ series, at }) => `${series}@${at}`));

describe('the archive of what scans read', { timeout: 30_000 }, () => {
  it('holds every sample once, in parts of ten minutes by hour and shard', async () => {
    const world = detectionWorld({ seriesInShard: 20 });
    world.publishHistory();
    await world.live(2500, healthy);
    const names = await world.ports.scanArchive.list('samples/');
    expect(names).toContain('samples/2026-01-06/12/shard-0001/2026-01-06T12-10-00.000Z.json.gz');
    // Of each of two shards, the first with the history that was read.
    expect(names).toHaveLength(2 * 4);
    const all = keys(await partsOf(world));
    expect(new Set(all).size).toBe(all.length);
    const series = (await world.telemetry.listSeries())[0];
    const own = all.filter((key) => key.startsWith(`${series?.id}@`)).map((key) => Number(key.split('@').at(-1)));
    const live = own.filter((at) => at >= world.start);
    expect(live).toEqual(Array.from({ length: live.length }, (_, index) => world.start + 5000 * index));
    expect(live.length).toBeGreaterThan(470);
  });

  it('is the same when every scan is made twice', async () => {
    const run = async (times: number) => {
      const world = detectionWorld();
      world.publishHistory();
      const series = await world.telemetry.listSeries();
      for (let second = 5; second <= 700; second += 5) {
        world.publish(world.start + (second - 5) * 1000, healthy);
        const end = world.start + second * 1000;
        const request = { shard: 'shard-0000', series, end, periodSeconds: 5, now: end, falseAlarmsPerMonth: 1 };
        const scan = () => scanShard(world.ports, heldShards(world.ports.detectorState))(request);
        // Side by side: one of them loses, after it has put the same part into the archive.
        await Promise.all(Array.from({ length: times }, scan));
      }
      return Promise.all(
        (await world.ports.scanArchive.list('')).map(async (name) => [name, await world.ports.scanArchive.get(name)]),
      );
    };
    expect(await run(2)).toEqual(await run(1));
  });

  it('loses nothing of a scan that died after it had put a part into the archive', async () => {
    const world = detectionWorld();
    world.publishHistory();
    await world.live(600, healthy);
    const { save } = world.ports.detectorState;
    world.ports.detectorState.save = async () => {
      throw new Error('the process was killed');
    };
    world.publish(world.clock.now(), healthy);
    world.clock.pass(5);
    await expect(world.pass()).rejects.toThrow('killed');
    world.ports.detectorState.save = save;
    await world.live(1300, healthy);
    const all = keys(await partsOf(world));
    expect(new Set(all).size).toBe(all.length);
    const [series] = await world.telemetry.listSeries();
    const own = all.filter((key) => key.startsWith(`${series?.id}@`)).map((key) => Number(key.split('@').at(-1)));
    const live = own.filter((at) => at >= world.start);
    expect(live).toEqual(Array.from({ length: live.length }, (_, index) => world.start + 5000 * index));
  });
});

describe('a part of the archive', () => {
  const series = [exampleSeries('edge', 'latency', 'Average'), exampleSeries('search', 'latency', 'Average')];
  const samples = series.flatMap(({ id }, index) =>
    [0.1, -3e-9, 1e300].map((value, number) => ({
      series: id,
      at: 1_900_000_000_000 + 5000 * number + index,
      value,
      readAt: 1_900_000_060_000,
    })),
  );

  it('comes back as it was written', () => {
    expect(readPart(writePart({ shard: 'shard-0007', series, samples }))).toEqual({
      shard: 'shard-0007',
      series,
      samples,
    });
  });

  it('is due after ten minutes, at the turn of an hour and when it is much, and not before', () => {
    const sample = (readAt: number) => ({
      series: exampleSeries('edge', 'latency', 'Average').id,
      at: 0,
      value: 0,
      readAt,
    });
    const at = Date.UTC(2030, 0, 1, 12, 41);
    const first = sample(at);
    expect(isPartDue([], at)).toBe(false);
    expect(isPartDue([first], at + 599_000)).toBe(false);
    expect(isPartDue([first], at + 600_000)).toBe(true);
    expect(isPartDue([sample(Date.UTC(2030, 0, 1, 12, 59, 55))], Date.UTC(2030, 0, 1, 13))).toBe(true);
    const much = Array.from({ length: 50_000 }, () => first);
    expect([isPartDue(much, at), isPartDue(much, at + 5000)]).toEqual([false, true]);
    expect(partName('shard-0007', first)).toBe('samples/2030-01-01/12/shard-0007/2030-01-01T12-41-00.000Z.json.gz');
  });
});
