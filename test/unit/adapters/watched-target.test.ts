import { describe, expect, it } from 'vitest';
import { manualClock } from '../../../lambdas/adapters/memory/clock.ts';
import { watchedTarget } from '../../../lambdas/adapters/watched-target.ts';
import { catalogue } from '../../../lambdas/domain/runbooks/catalogue.ts';
import { noControlSurface, topologySchema } from '../../../lambdas/domain/topology/topology.ts';
import { exampleSeries, service } from '../../support/detection-examples.ts';

const series = [
  exampleSeries('payments', 'latency', 'Average'),
  exampleSeries('edge', 'heartbeat', 'SampleCount', 'edge-b'),
  exampleSeries('edge', 'cpu', 'Average', 'edge-a'),
  exampleSeries('edge', 'cpu', 'Average', 'edge-b'),
];
const target = watchedTarget({ listSeries: async () => series }, manualClock(5_000));

describe('a workload without a control surface', () => {
  it('has the services and instances that its series name, and no calls between them', async () => {
    const topology = topologySchema.parse(await target.describe());
    expect(topology).toMatchObject({ at: 5_000, operable: false });
    const known = topology.services.map(({ name, dependsOn, instances }) => [
      name,
      dependsOn,
      instances.map(({ id }) => id),
    ]);
    expect(known).toEqual([
      ['edge', [], ['edge-a', 'edge-b']],
      ['payments', [], []],
    ]);
  });

  it('refuses what needs more than that', async () => {
    const topology = await target.describe();
    const refused = (id: keyof typeof catalogue, parameters: unknown) =>
      'refused' in catalogue[id].prepare(parameters, topology);
    expect(refused('roll-back-deploy', { service: 'edge', version: '1' })).toBe(true);
    expect(refused('expand-volume', { service: 'edge', gigabytes: 40 })).toBe(true);
    expect(refused('fail-over-dependency', { service: 'edge', dependency: 'payments' })).toBe(true);
    expect(refused('restart-instance', { service: 'edge', instance: 'edge-a' })).toBe(false);
  });

  it('carries nothing out, and says why', async () => {
    const operation = { type: 'restartService', service: service('edge') } as const;
    expect(await target.operate({ key: 'k', operation })).toEqual({
      state: 'failed',
      key: 'k',
      endedAt: 5_000,
      reason: noControlSurface,
    });
  });
});
