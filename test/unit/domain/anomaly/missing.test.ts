import { describe, expect, it } from 'vitest';
import { observeSample } from '../../../../lambdas/domain/anomaly/judge-sample.ts';
import {
  anomalyOfSilence,
  silenceGoesOn,
  silentWatches,
  troubleSince,
  whySilent,
} from '../../../../lambdas/domain/anomaly/missing.ts';
import { newWatch } from '../../../../lambdas/domain/anomaly/watch.ts';
import type { MetricRole } from '../../../../lambdas/domain/signal/series.ts';
import { exampleSeries, topology, withInstance } from '../../../support/detection-examples.ts';

const second = 1000;

function spoke(name: string, role: MetricRole, lastSecond: number, period = 5, instance?: string) {
  const watch = newWatch(exampleSeries(name, role, 'SampleCount', instance), 0);
  for (let at = period; at <= lastSecond; at += period) observeSample(watch, { at: at * second, value: 12 }, period);
  return watch;
}

const others = ['edge', 'checkout', 'payments'].map((name) => spoke(name, 'cpu', 3600));

describe('silence', () => {
  it('is told of heartbeats and of the demand of services', () => {
    const heartbeat = spoke('search', 'heartbeat', 3570, 5, 'search-a');
    const demand = spoke('search', 'requests', 3500);
    const memory = spoke('search', 'memory', 3000, 5, 'search-a');
    expect(silentWatches([...others, heartbeat, demand, memory], 3605 * second, 5)).toEqual([heartbeat, demand]);
  });

  it('is not told of a period or two', () => {
    const heartbeat = spoke('search', 'heartbeat', 3585, 5, 'search-a');
    expect(silentWatches([...others, heartbeat], 3605 * second, 5)).toEqual([]);
  });

  it('measures a series by its own gaps', () => {
    const heartbeat = spoke('search', 'heartbeat', 3480, 60, 'search-a');
    expect(silentWatches([...others, heartbeat], 3600 * second, 5)).toEqual([]);
    expect(silentWatches([...others, heartbeat], 3615 * second, 5)).toEqual([heartbeat]);
  });

  it('tells nothing when most series are silent: the telemetry is missing', () => {
    const heartbeats = ['search', 'edge', 'payments'].map((name) => spoke(name, 'heartbeat', 3400, 5, `${name}-a`));
    expect(silentWatches([...others.slice(0, 2), ...heartbeats], 3605 * second, 5)).toEqual([]);
  });

  const silent = spoke('search', 'heartbeat', 3570, 5, 'search-a');
  const without = (name: string) => ({ ...topology, services: topology.services.filter((one) => one.name !== name) });
  const wanting = (count: number) => {
    const { services, ...rest } = withInstance('search-a', 'gone');
    const wanted = services.map((one) =>
      one.name === 'search' ? { ...one, desired: { ...one.desired, instanceCount: count } } : one,
    );
    return { ...rest, services: wanted };
  };
  it.each([
    ['an instance that the platform shows running', topology, 3605, 'dead'],
    ['an instance whose service was deleted', without('search'), 3605, 'deleted'],
    ['an instance scaled in', wanting(1), 3700, 'scaledIn'],
    ['an instance just replaced', wanting(2), 3605, 'scaledIn'],
    ['an instance scaled in long ago, while others are on their way', wanting(3), 9000, 'scaledIn'],
    ['an instance that is stopping', withInstance('search-a', { state: 'stopping' }), 3700, 'stopping'],
    [
      'an instance that restarts',
      withInstance('search-a', { state: 'starting', startedAt: 3575 * second }),
      3605,
      'restarting',
    ],
    ['an instance that started just now', withInstance('search-a', { startedAt: 3590 * second }), 3605, 'restarting'],
    ['an instance scaled out again', withInstance('search-a', { startedAt: 10_000 * second }), 10_030, 'restarting'],
    ['an instance that restarts for too long', withInstance('search-a', { state: 'crashed' }), 3640, 'dead'],
  ] as const)('of %s', (_, platform, now, cause) => {
    expect(whySilent(silent, platform, now * second).cause).toBe(cause);
    expect(troubleSince(silent, platform, now * second) !== null).toBe(cause === 'dead');
  });

  it('of the demand of a service is trouble for as long as there is such a service', () => {
    const demand = spoke('search', 'requests', 3500);
    expect(whySilent(demand, topology, 3605 * second)).toEqual({ cause: 'dead', since: 3500 * second });
    expect(troubleSince(demand, without('search'), 3605 * second)).toBeNull();
  });

  it('is an anomaly from its onset to the last period without samples', () => {
    const noted = { onset: 3570 * second, lastSeen: 3605 * second, band: { low: 10, high: 14 } };
    expect(anomalyOfSilence(silent, noted, 3600 * second)).toMatchObject({
      direction: 'missing',
      observed: null,
      onset: 3570 * second,
      band: { low: 10, high: 14 },
    });
    expect(anomalyOfSilence(silent, noted, 3606 * second)).toBeNull();
    expect(anomalyOfSilence(silent, undefined, 0)).toBeNull();
    expect(silenceGoesOn(noted, 3700 * second)).toBe(true);
    expect(silenceGoesOn(noted, 3800 * second)).toBe(false);
  });
});
