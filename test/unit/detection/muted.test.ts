import { describe, expect, it } from 'vitest';
import { muteSchema } from '../../../lambdas/domain/mute/mute.ts';
import { normalScope } from '../../../scripts/operator/normal-scope.ts';
import {
  detectionWorld,
  healthy,
  incidentsOf,
  type Reading,
  slowPayments,
  watchedWorld,
} from '../../support/detection-world.ts';

describe('what a person has muted', { timeout: 30_000 }, () => {
  const until = Date.UTC(2030, 0, 1);
  const mute = async (world: ReturnType<typeof detectionWorld>, scope: unknown, ends = until) => {
    const at = world.clock.now();
    const id = world.ports.ids.next();
    const made = muteSchema.parse({
      id,
      why: 'mute',
      scope,
      from: at,
      until: ends,
      reason: 'r',
      by: 'b',
      madeAt: at,
    });
    await world.ports.mutes.add(made, { at, by: 'b', did: 'muted', muteId: id, message: 'r' });
  };

  it('opens nothing, joins nothing, and is counted', async () => {
    const world = await watchedWorld();
    await mute(world, { of: 'workload' });
    expect(await world.live(60, slowPayments)).toEqual([]);
    expect(incidentsOf(world)).toEqual([]);
    const counted = await world.pass();
    expect(counted.outcome === 'scanned' && counted.muted).toBeGreaterThan(0);
  });

  it('is heard again as soon as the mute has run out', async () => {
    const world = await watchedWorld();
    await mute(world, { of: 'workload' }, world.clock.now() + 40_000);
    expect(await world.live(35, slowPayments)).toEqual([]);
    expect(await world.live(30, slowPayments)).toHaveLength(1);
  });

  it('is the anomalies of an incident that was called normal, and not others of its family', async () => {
    const first = await watchedWorld();
    const [incidentId] = await first.live(60, slowPayments);
    if (incidentId === undefined) throw new Error('nothing was opened');
    const scope = await normalScope(first.ports.incidents, incidentId);

    const world = detectionWorld();
    const twice =
      (usual: Reading, other: Reading): Reading =>
      (name, at, instance) => {
        const metrics = Object.entries(instance === null ? other(name, at, instance) : {});
        const dimensions = [{ name: 'Service', value: name }];
        const data = metrics.map(([metric, value]) => ({ namespace: 'Shop/Other', metric, dimensions, at, value }));
        world.telemetry.publish({ metrics: data, logs: [], changes: [] });
        return usual(name, at, instance);
      };
    for (let at = world.start - 7_200_000; at < world.start; at += 5000) world.publish(at, twice(healthy, healthy));
    await world.live(60, twice(healthy, healthy));
    await mute(world, scope);
    expect(await world.live(90, twice(slowPayments, healthy))).toEqual([]);
    const [later] = await world.live(90, twice(slowPayments, slowPayments));
    if (later === undefined) throw new Error('the other anomalies opened nothing');
    expect((await world.ports.incidents.get(later))?.family).toBe(scope.family);
    const filed = (await world.ports.incidents.anomalies(later)).map(({ fingerprint }) => fingerprint);
    expect(filed.filter((fingerprint) => scope.fingerprints.includes(fingerprint))).toEqual([]);
  });

  it('keeps no other service quiet', async () => {
    const world = await watchedWorld();
    await mute(world, { of: 'service', service: 'search' });
    expect(await world.live(60, slowPayments)).toHaveLength(1);
  });
});
