import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { watchedTarget } from '../../../lambdas/adapters/watched-target.ts';
import { detectAnomalies, overviewName, type PassResult } from '../../../lambdas/detection/detect-anomalies.ts';
import { scanStatus } from '../../../lambdas/domain/anomaly/overview.ts';
import { decodeOverview } from '../../../lambdas/domain/anomaly/overview-body.ts';
import { shardName } from '../../../lambdas/domain/anomaly/plan-shards.ts';
import { yardstickSchema } from '../../../lambdas/domain/incident/incident.ts';
import type { Target } from '../../../lambdas/ports/target.ts';
import { withInstance } from '../../support/detection-examples.ts';
import {
  detectionWorld,
  healthy,
  incidentsOf,
  type Reading,
  slowPayments,
  watchedWorld,
} from '../../support/detection-world.ts';

const stored = async (world: ReturnType<typeof detectionWorld>, name: string) => {
  const state = await world.ports.detectorState.load(name, null);
  if (state === null || state === 'unchanged') throw new Error(`${name} was never saved`);
  return state;
};

/** The same passes with another platform. */
const passesOver = async (world: ReturnType<typeof detectionWorld>, target: Target, seconds: number) => {
  const results: PassResult[] = [];
  for (let second = 0; second < seconds; second += 5) {
    world.publish(world.clock.now(), slowPayments);
    world.clock.pass(5);
    results.push(await world.pass({ ...world.ports, target }));
  }
  return results;
};

describe('detection', { timeout: 30_000 }, () => {
  it('opens incidents over a workload without a control surface, of which it knows what its series name', async () => {
    const world = await watchedWorld();
    await passesOver(world, watchedTarget(world.telemetry, world.clock), 60);
    const services = incidentsOf(world).map(({ service }) => service);
    expect(services).toContain('payments');
    expect(world.described()).toBe(0);
  });

  it('takes a platform that does not answer for what it was when it last did, and says so', async () => {
    const world = await watchedWorld();
    world.clock.pass(1);
    const unanswering = { ...world.ports.target, describe: () => Promise.reject(new Error('throttled')) };
    await expect(passesOver(world, unanswering, 60)).rejects.toThrow('throttled');
    await passesOver(world, world.ports.target, 5);
    const before = incidentsOf(world).length;
    const results = await passesOver(world, unanswering, 60);
    for (const result of results) expect(result).toMatchObject({ outcome: 'scanned', platformTrouble: 'throttled' });
    expect(before + results.flatMap((result) => (result.outcome === 'scanned' ? result.opened : [])).length).toBe(1);
    expect(incidentsOf(world)[0]?.services).toEqual(['checkout', 'edge', 'payments']);
  });

  it('watches on what it watched while nobody can tell which series there are, and says so', async () => {
    const world = await watchedWorld();
    const unlisted = { ...world.telemetry, listSeries: () => Promise.reject(new Error('tags are throttled')) };
    const watched = world.scanned()?.series;
    const opened: unknown[] = [];
    for (let second = 0; second < 60; second += 5) {
      world.publish(world.clock.now(), slowPayments);
      world.clock.pass(5);
      const result = await world.pass({ ...world.ports, telemetry: unlisted });
      expect(result).toMatchObject({ series: watched, troubles: ['new series are not found: tags are throttled'] });
      if (result.outcome === 'scanned') opened.push(...result.opened);
    }
    expect(opened).toHaveLength(1);
    world.clock.pass(5);
    expect(await world.pass()).toMatchObject({ series: watched, troubles: [] });

    const fresh = detectionWorld();
    await expect(
      fresh.pass({ ...fresh.ports, telemetry: { ...fresh.telemetry, listSeries: unlisted.listSeries } }),
    ).rejects.toThrow('Which series there are cannot be read: tags are throttled');
  });

  it('opens one incident for one cause, starts its execution and keeps its yardstick', async () => {
    const world = await watchedWorld();
    const opened = await world.live(60, slowPayments);
    expect(opened).toHaveLength(1);
    const [incident] = incidentsOf(world);
    expect(incident).toMatchObject({ id: opened[0], state: 'open', service: 'payments', version: 1 });
    expect(incident?.services).toEqual(['checkout', 'edge', 'payments']);
    expect(incident?.onset).toBe(world.start + 120_000);
    expect((incident?.openedAt ?? 0) - (incident?.onset ?? 0)).toBeLessThanOrEqual(30_000);
    expect([...world.orchestrator.executions]).toEqual([[incident?.id, 'running']]);

    const body = await world.ports.archive.get(incident?.yardstickKey ?? '');
    const yardsticks = z.array(yardstickSchema).parse(JSON.parse(body ?? ''));
    const judged = yardsticks.map(({ series, reason }) => `${series.service} ${series.role} ${reason}`);
    expect(judged).toContain('edge requests caller');
    expect(judged).toContain('payments latency anomalous');
    expect(judged.some((line) => line.startsWith('search'))).toBe(false);
  });

  it('starts the execution as it opens, and leaves that to no sweep', async () => {
    const world = await watchedWorld();
    const ports = { ...world.ports, incidents: { ...world.ports.incidents, listByState: async () => [] } };
    for (let second = 0; second < 60; second += 5) {
      world.publish(world.clock.now(), slowPayments);
      world.clock.pass(5);
      await world.pass(ports);
    }
    expect([...world.orchestrator.executions.values()]).toEqual(['running']);
  });

  it('goes on, and says so, when its sweep fails', async () => {
    const world = await watchedWorld();
    const pendingApprovals = () => Promise.reject(new Error('a row is no question'));
    world.clock.pass(30);
    const result = await world.pass({ ...world.ports, incidents: { ...world.ports.incidents, pendingApprovals } });
    expect(result).toMatchObject({ outcome: 'scanned', troubles: ['questions: a row is no question'] });
    // The overview was saved: the next pass still tells of it, until a sweep goes well.
    expect(await world.pass()).toMatchObject({ troubles: ['questions: a row is no question'] });
    world.clock.pass(30);
    expect(await world.pass()).toMatchObject({ troubles: [] });
  });

  it('judges values that came some periods late', async () => {
    const world = await watchedWorld();
    const detect = detectAnomalies(world.ports, world.settings);
    const opened: unknown[] = [];
    for (let second = 0; second < 90; second += 5) {
      world.publish(world.clock.now() - 15_000, slowPayments);
      world.clock.pass(5);
      const result = await detect(world.scanner, false);
      if (result.outcome === 'scanned') opened.push(...result.opened);
    }
    expect(opened).toHaveLength(1);
  });

  it('files a re-fire under the incident without touching its version', async () => {
    const world = await watchedWorld();
    let filings = 0;
    const { join } = world.ports.transitions;
    world.ports.transitions.join = async (...filed) => {
      filings += filed[1].length;
      await join(...filed);
    };
    await world.live(300, slowPayments);
    // Six series for five minutes, each once a minute.
    expect(filings).toBeLessThan(6 * 6);
    expect(incidentsOf(world)).toHaveLength(1);
    const [incident] = incidentsOf(world);
    expect(incident?.version).toBe(1);
    const filed = await world.ports.incidents.anomalies(incident?.id ?? z.never().parse(null));
    expect(Math.max(...filed.map(({ lastSeen }) => lastSeen))).toBeGreaterThan(world.start + 360_000);
  });

  it('raises nothing over a change of resolution and asks the platform nothing while all is well', async () => {
    const world = detectionWorld();
    const overFiveMinutes: Reading = (...of) => {
      const { RequestCount, Heartbeat, ...rest } = healthy(...of);
      return RequestCount === undefined ? { ...rest, Heartbeat: 1 } : { ...rest, RequestCount: 60 * RequestCount };
    };
    for (let at = world.start - 86_400_000; at < world.start - 3_600_000; at += 300_000) {
      world.publish(at, overFiveMinutes);
    }
    for (let at = world.start - 3_600_000; at < world.start; at += 5000) world.publish(at, healthy);
    expect(await world.live(600, healthy)).toEqual([]);
    expect(world.described()).toBe(0);
    expect(await world.pass()).toMatchObject({ outcome: 'scanned', learning: 0, series: 35 });
  });

  it('says that it learns while there is no history', async () => {
    const world = detectionWorld();
    await world.live(60, slowPayments);
    expect(await world.pass()).toMatchObject({ learning: 35, opened: [] });
  });

  it('learns history that was filled in after its first pass', async () => {
    const world = detectionWorld();
    world.publish(world.start - 5000, healthy);
    await world.live(10, healthy);
    world.publishHistory();
    await world.live(90, healthy);
    expect(await world.pass()).toMatchObject({ learning: 0 });
  });

  it('opens the same incident once when a pass dies between opening and saving', async () => {
    const world = await watchedWorld();
    const dying = {
      ...world.ports,
      detectorState: {
        ...world.ports.detectorState,
        save: async (name: string, body: Uint8Array, tag: string | null) => {
          if (name === overviewName) throw new Error('the process was killed');
          return world.ports.detectorState.save(name, body, tag);
        },
      },
    };
    for (let second = 0; second < 60; second += 5) {
      world.publish(world.clock.now(), slowPayments);
      world.clock.pass(5);
      await expect(world.pass(dying)).rejects.toThrow('killed');
    }
    expect(incidentsOf(world)).toHaveLength(1);
    await world.live(30, slowPayments);
    expect(incidentsOf(world)).toHaveLength(1);
  });

  it('catches up on what lost invocations did not read', async () => {
    const world = await watchedWorld();
    for (let second = 0; second < 300; second += 5) {
      world.publish(world.clock.now(), slowPayments);
      world.clock.pass(5);
    }
    expect(await world.pass()).toMatchObject({ opened: [expect.any(String)] });
    expect(incidentsOf(world)[0]?.onset).toBe(world.start + 120_000);
  });

  it('judges nothing twice when it is invoked twice', async () => {
    const once = await watchedWorld();
    await once.live(60, healthy);
    const twice = await watchedWorld();
    const detect = detectAnomalies(twice.ports, twice.settings);
    for (let second = 0; second < 60; second += 5) {
      twice.publish(twice.clock.now(), healthy);
      twice.clock.pass(5);
      await detect(twice.scanner, false);
      await detect(twice.scanner, false);
    }
    for (const name of [overviewName, shardName(0)])
      expect((await stored(twice, name)).body).toEqual((await stored(once, name)).body);
  });

  it('steps back while another invocation holds the lease', async () => {
    const world = await watchedWorld();
    const other = await detectAnomalies(world.ports, world.settings)({ codeVersion: 'v1', invocation: 'two' }, true);
    expect(other).toEqual({ outcome: 'held' });
  });

  it('notices an instance that falls silent, and not one that was scaled in', async () => {
    const withoutBeat: Reading = (service, at, instance) =>
      instance === 'search-a' ? {} : healthy(service, at, instance);
    const scaledIn = await watchedWorld();
    scaledIn.setTopology(withInstance('search-a', 'gone'));
    expect(await scaledIn.live(240, withoutBeat)).toEqual([]);
    const silent = await watchedWorld();
    expect(await silent.live(240, withoutBeat)).toHaveLength(1);
    expect(incidentsOf(silent)[0]).toMatchObject({ service: 'search', title: 'search has stopped reporting' });
  });

  it('opens nothing when all telemetry stops', async () => {
    const world = await watchedWorld();
    expect(await world.live(600, () => ({}))).toEqual([]);
  });

  it('learns anew from a state of another version', async () => {
    const world = await watchedWorld();
    for (const name of [overviewName, shardName(0)]) {
      const { tag } = await stored(world, name);
      await world.ports.detectorState.save(name, new Uint8Array([1, 2, 3]), tag);
    }
    await world.live(10, healthy);
    expect(await world.pass()).toMatchObject({ outcome: 'scanned', learning: 0, series: 35 });
    const overview = decodeOverview((await stored(world, overviewName)).body);
    expect(overview && scanStatus(overview)).toMatchObject({ scannedAt: world.clock.now(), series: 35, late: [] });
  });
});
