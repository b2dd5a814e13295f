import { describe, expect, it } from 'vitest';
import { operationSchema } from '../../../lambdas/contract/target-api.ts';
import { advance, initialFleet, type Published } from '../../../lambdas/workload/fleet.ts';
import type { History } from '../../../lambdas/workload/history.ts';
import type { RequestedOperation } from '../../../lambdas/workload/physics/begin-operations.ts';
import {
  type FleetPublisher,
  type SimulatePass,
  type SimulateTools,
  type StoredFleet,
  simulateFleet,
  simulatePasses,
} from '../../../lambdas/workload/simulate-fleet.ts';

const start = Date.UTC(2026, 2, 3, 10);
const hour = 3_600_000;
const settings = { seed: 1, stepSeconds: 5, writeHistory: false };

/** One fleet, its clock and whatever it published. */
class World {
  time = start;
  stored: StoredFleet | null = null;
  unreadableAt: number | null = null;
  fence = 1;
  published: Published[] = [];
  history: History | null = null;
  crashOnPublish = false;
  pointsPerSecond = 500;
  waiting: readonly RequestedOperation[] = [];
  private writtenFence = 0;

  tools(fence: () => number | null = () => this.fence): SimulateTools {
    const publisher: FleetPublisher = {
      publish: async (published) => {
        if (this.crashOnPublish) throw new Error('crashed');
        this.published.push(published);
      },
      publishHistory: async (history) => {
        this.history = history;
      },
      pointsPerSecond: async () => this.pointsPerSecond,
    };
    return {
      fleet: {
        load: async () => (this.unreadableAt === null ? this.stored : { unreadable: true, at: this.unreadableAt }),
        save: async (fleet, condition) => {
          if (
            (this.unreadableAt ?? this.stored?.state.at ?? null) !== condition.before ||
            condition.fence < this.writtenFence
          )
            return false;
          this.stored = fleet;
          this.unreadableAt = null;
          this.writtenFence = condition.fence;
          return true;
        },
      },
      faults: { active: async () => [] },
      operations: {
        waiting: async () => this.waiting,
        begun: async (requests) => {
          this.waiting = this.waiting.filter((request) => !requests.includes(request));
        },
      },
      publisher,
      lease: async () => fence(),
      now: () => this.time,
    };
  }

  run(fence?: () => number | null) {
    return simulateFleet(this.tools(fence), settings)({ beginning: false, wanted: false });
  }

  requestTimes(): number[] {
    return this.published
      .flatMap(({ metrics }) => metrics)
      .filter(
        ({ metric, service, instance }) => metric === 'RequestCount' && service === 'edge-gateway' && instance === null,
      )
      .map(({ at }) => at);
  }
}

describe('a pass of the simulation', () => {
  it.each([17, -10])(
    'begins what was asked for %i ms from the end of its last step with the next one',
    async (offset) => {
      const world = new World();
      await world.run();
      world.time = start + 5_000;
      if (offset < 0) await world.run();
      const at = world.time + offset;
      world.waiting = [
        { key: 'one', operation: operationSchema.parse({ type: 'restartService', service: 'cart' }), at },
      ];
      world.time += 20;
      await world.run();
      expect(world.waiting, 'still to be begun').toHaveLength(1);
      world.time = start + 10_010;
      await world.run();
      expect(world.waiting).toEqual([]);
      expect(world.stored?.state.operations.map(({ key }) => key)).toEqual(['one']);
    },
  );

  it('begins a shop that publishes nothing of the past where no history is wanted', async () => {
    const world = new World();
    expect(await world.run()).toEqual({ outcome: 'begun', points: 0 });
    expect(world.stored?.state.at).toBe(start);
    expect(world.history).toBeNull();
  });

  it('publishes one step after the other, each once', async () => {
    const world = new World();
    await world.run();
    for (const seconds of [5.2, 6.1, 10.4, 25.3]) {
      world.time = start + seconds * 1000;
      await world.run();
    }
    expect(world.requestTimes()).toEqual([0, 5, 10, 15, 20].map((seconds) => start + seconds * 1000));
  });

  it('begins with as much history as the cloud takes', async () => {
    const begin = async (pointsPerSecond: number) => {
      const world = new World();
      world.pointsPerSecond = pointsPerSecond;
      const result = await simulateFleet(world.tools(), { ...settings, writeHistory: true })({
        beginning: true,
        wanted: true,
      });
      return result.outcome === 'begun' ? result.points : null;
    };
    expect(await begin(500)).toBeGreaterThan(10_000);
    expect(await begin(50)).toBe(0);
  });

  it('begins anew where the stored shop is of another version', async () => {
    const world = new World();
    world.unreadableAt = start - 5_000;
    expect(await world.run()).toEqual({ outcome: 'begun', points: 0 });
    world.time = start + 5_000;
    expect((await world.run()).outcome).toBe('advanced');
  });

  it('goes the same way as the physics alone', async () => {
    const world = new World();
    await world.run();
    world.time = start + 60_000;
    await world.run();
    const alone = advance(initialFleet({ seed: 1, at: start }), start + 60_000, { faults: [], operations: [] });
    expect(world.stored?.state).toEqual(alone.state);
  });

  it('leaves a hole of one step after a crash, and never publishes a step twice', async () => {
    const world = new World();
    await world.run();
    world.time = start + 5_000;
    world.crashOnPublish = true;
    await expect(world.run()).rejects.toThrow('crashed');
    world.crashOnPublish = false;
    world.time = start + 10_000;
    await world.run();
    expect(world.requestTimes()).toEqual([start + 5_000]);
  });

  it('does nothing without the lease, and nothing when a later owner wrote', async () => {
    const world = new World();
    await world.run();
    world.time = start + 5_000;
    expect(await world.run(() => null)).toEqual({ outcome: 'held' });
    world.fence = 2;
    await world.run();
    world.time = start + 10_000;
    expect(await world.run(() => 1)).toEqual({ outcome: 'held' });
    expect(world.requestTimes()).toEqual([start]);
  });

  it('lives through a long gap and publishes only its end', async () => {
    const world = new World();
    await world.run();
    world.time = start + hour;
    await world.run();
    expect(world.requestTimes()).toEqual([start + hour - 5_000]);
  });

  it('stops after eight hours and says so, until somebody wants it again', async () => {
    const world = new World();
    await world.run();
    world.time = start + 8 * hour;
    expect(await world.run()).toEqual({ outcome: 'stopped', since: start + 8 * hour });
    expect(world.stored?.stopped).toBe(true);
    const wanted = await simulateFleet(world.tools(), settings)({ beginning: true, wanted: true });
    expect(wanted.outcome).toBe('advanced');
    expect(world.stored).toMatchObject({ stopped: false, runsUntil: start + 16 * hour });
  });
});

describe('the passes of one invocation', () => {
  const passes = (...outcomes: SimulatePass[]) => {
    const given: boolean[] = [];
    const pass = simulatePasses(
      async ({ wanted }) => {
        given.push(wanted);
        return outcomes.shift() ?? { outcome: 'held' };
      },
      { wanted: true },
      () => undefined,
    );
    return { pass, given };
  };
  const advanced: SimulatePass = { outcome: 'advanced', steps: 1, points: 1 };

  it('wait for their turn, pass the wish on once, and end when the lease is gone', async () => {
    const { pass, given } = passes({ outcome: 'held' }, advanced, { outcome: 'held' });
    expect([await pass(), await pass(), await pass()]).toEqual(['continue', 'continue', 'stop']);
    expect(given).toEqual([true, true, false]);
  });

  it('end when the shop has stopped', async () => {
    expect(await passes({ outcome: 'stopped', since: 0 }).pass()).toBe('stop');
  });
});
