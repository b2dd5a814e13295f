import { describe, expect, it } from 'vitest';
import { detectAnomalies } from '../../../lambdas/detection/detect-anomalies.ts';
import { heldShards, scanShard } from '../../../lambdas/detection/scan-shard.ts';
import { decodeShard } from '../../../lambdas/domain/anomaly/shard.ts';
import { detectionWorld, healthy, slowPayments } from '../../support/detection-world.ts';

const incidentsOf = ({ records }: ReturnType<typeof detectionWorld>) => [...records.incidents.values()];

describe('a scan in several shards', { timeout: 30_000 }, () => {
  it('opens the incident that one shard opens, with the same yardsticks', async () => {
    const run = async (seriesInShard: number) => {
      const world = detectionWorld({ seriesInShard });
      world.publishHistory();
      await world.live(120, healthy);
      await world.live(60, slowPayments);
      const [incident] = incidentsOf(world);
      const yardsticks = JSON.parse((await world.ports.archive.get(incident?.yardstickKey ?? '')) ?? '[]');
      const byId = yardsticks.sort((one: { series: { id: string } }, other: { series: { id: string } }) =>
        one.series.id < other.series.id ? -1 : 1,
      );
      const { scanned } = world;
      return { incident, byId, shards: scanned()?.shards };
    };
    const one = await run(500);
    const many = await run(4);
    expect([one.shards, many.shards]).toEqual([1, 9]);
    expect(many.incident).toEqual(one.incident);
    expect(many.byId).toEqual(one.byId);
  });

  it('learns a series that joins later from what is still stored, before it is judged', async () => {
    const world = detectionWorld({ seriesInShard: 4 });
    world.publishHistory();
    await world.live(60, healthy);
    const late = { service: 'payments', metric: 'QueueDepth' };
    const withQueue: typeof healthy = (service, at, instance) => ({
      ...healthy(service, at, instance),
      ...(service === late.service && instance === null ? { [late.metric]: 100 + ((at / 5000) % 7) } : {}),
    });
    for (let at = world.start - 3_600_000; at < world.start + 60_000; at += 5000) {
      world.publishOne(late.service, late.metric, at, 100 + ((at / 5000) % 7));
    }
    expect(await world.live(90, withQueue)).toEqual([]);
    expect(world.scanned()).toMatchObject({ series: 36, learning: 0, shards: 9 });
  });

  it('says of a series without history that it learns', async () => {
    const world = detectionWorld({ seriesInShard: 4 });
    world.publishHistory();
    await world.live(60, healthy);
    world.publishOne('payments', 'QueueDepth', world.clock.now() - 5000, 12);
    await world.live(70, healthy);
    expect(world.scanned()).toMatchObject({ series: 36, learning: 1 });
  });
});

describe('two scans of one shard', { timeout: 30_000 }, () => {
  it('cannot both win', async () => {
    const world = detectionWorld();
    world.publishHistory();
    const series = await world.telemetry.listSeries();
    const now = world.clock.now();
    const request = { shard: 'shard-0000', series, end: now, periodSeconds: 5, now, falseAlarmsPerMonth: 1 };
    const scanner = () => scanShard(world.ports, heldShards(world.ports.detectorState));
    const [first, second] = [scanner(), scanner()];
    const both = await Promise.all([first(request), second(request)]);
    expect(both.map(({ outcome }) => outcome).sort()).toEqual(['late', 'scanned']);
    expect(both.find(({ outcome }) => outcome === 'late')).toMatchObject({ reason: 'another scan of it saved first' });
    // The one that lost reads on from where the other came to, and holds nothing of its own judgement.
    const later = { ...request, end: now + 5000, now: now + 5000 };
    const [again] = await Promise.all([second(later)]);
    const behind = await first(later);
    expect([again.outcome, behind.outcome]).toEqual(['scanned', 'scanned']);
    if (again.outcome === 'scanned' && behind.outcome === 'scanned') expect(behind.summaries).toEqual(again.summaries);
  });

  it('is noted in the result of the pass that lost', async () => {
    const world = detectionWorld();
    world.publishHistory();
    await world.live(10, healthy);
    const { save } = world.ports.detectorState;
    const ports = {
      ...world.ports,
      detectorState: {
        ...world.ports.detectorState,
        save: async (name: string, body: Uint8Array, tag: string | null) =>
          name === 'shard-0000' ? null : save(name, body, tag),
      },
    };
    world.publish(world.clock.now(), healthy);
    world.clock.pass(5);
    const result = await detectAnomalies(ports, world.settings)(world.scanner, true);
    expect(result).toMatchObject({ late: [{ shard: 'shard-0000', reason: 'another scan of it saved first' }] });
  });
});

describe('a late shard', { timeout: 30_000 }, () => {
  /** Nine shards of four series, of which one does not answer for a while. */
  async function lateWorld() {
    const world = detectionWorld({ seriesInShard: 4 });
    world.publishHistory();
    await world.live(120, healthy);
    const { scan } = world.ports.shardScanner;
    let silent: string | null = null;
    world.ports.shardScanner.scan = async (request) =>
      request.shard === silent ? { outcome: 'late', reason: 'no answer within 4 s' } : scan(request);
    return {
      ...world,
      silence: (shard: string | null) => {
        silent = shard;
      },
    };
  }

  it('holds nobody up, is seen in the result, and raises no silence of its own', async () => {
    const world = await lateWorld();
    world.silence('shard-0000');
    expect(await world.live(240, healthy)).toEqual([]);
    expect(world.scanned()).toMatchObject({
      series: 35,
      shards: 9,
      late: [{ shard: 'shard-0000', reason: 'no answer within 4 s', readTo: world.start + 115_000 }],
    });
    expect(world.described()).toBe(0);
  });

  it('does not keep trouble in the others from being noticed', async () => {
    const world = await lateWorld();
    world.silence('shard-0000');
    expect(await world.live(60, slowPayments)).toHaveLength(1);
  });

  it('is read on from where it was when it answers again', async () => {
    const world = await lateWorld();
    world.silence('shard-0000');
    await world.live(60, healthy);
    world.silence(null);
    await world.live(5, healthy);
    expect(world.scanned()).toMatchObject({ late: [] });
    const punctual = detectionWorld({ seriesInShard: 4 });
    punctual.publishHistory();
    await punctual.live(185, healthy);
    const watches = async (of: { ports: typeof world.ports }) => {
      const state = await of.ports.detectorState.load('shard-0000', null);
      return state === null || state === 'unchanged' ? null : decodeShard(state.body)?.watches;
    };
    expect(await watches(world)).toEqual(await watches(punctual));
  });
});
