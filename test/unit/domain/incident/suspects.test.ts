import { describe, expect, it } from 'vitest';
import type { Anomaly } from '../../../../lambdas/domain/anomaly/anomaly.ts';
import type { Topology } from '../../../../lambdas/domain/topology/topology.ts';
import { ask } from '../../../support/correlation-question.ts';
import { anomaly, service, topology } from '../../../support/detection-examples.ts';

const calls: Readonly<Record<string, readonly string[]>> = {
  edge: ['checkout', 'search', 'sessions'],
  search: ['sessions', 'stock'],
  checkout: ['search', 'stock'],
  payments: ['stock'],
  sessions: [],
  stock: [],
};

/** Sessions and stock are called by much the same services. */
const shop: Topology = {
  ...topology,
  services: topology.services.slice(0, 1).flatMap((one) =>
    Object.entries(calls).map(([name, dependsOn]) => ({
      ...one,
      name: service(name),
      dependsOn: dependsOn.map(service),
    })),
  ),
};

const rootsOf = (anomalies: readonly Anomaly[]) =>
  ask(anomalies, [], [], {
    shop,
    standing: { demand: new Map(Object.keys(calls).map((name) => [service(name), 600])) },
  }).openings.map((opening) => opening.service);

/** Both who call sessions fail, and two of the three who call stock: payments is called too seldom to show it yet. */
const failingFor = (seconds: number) =>
  ['edge', 'search', 'checkout'].flatMap((name) => [
    anomaly(name, 'retries', { observed: 300, seconds }),
    anomaly(name, 'errors', { observed: 200, seconds }),
  ]);

describe('suspects that show nothing', () => {
  it('are not told apart before there was time to notice a silence', () => {
    expect(rootsOf(failingFor(10))).toEqual([]);
    expect(rootsOf(failingFor(30))).toEqual(['sessions']);
  });

  it('give way at once to the one that shows something', () => {
    const silent = anomaly('stock', 'heartbeat', { direction: 'missing', seconds: 10 });
    expect(rootsOf([...failingFor(10), silent])).toEqual(['stock']);
  });

  it('are named at once where no other has nearly as much of the blame', () => {
    const withoutCheckout = failingFor(10).filter((one) => one.service !== 'checkout');
    expect(rootsOf(withoutCheckout)).toEqual(['sessions']);
  });
});
