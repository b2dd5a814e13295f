import { describe, expect, it } from 'vitest';
import { ask, slowDatabase } from '../../../support/correlation-question.ts';
import { anomaly, service, topology } from '../../../support/detection-examples.ts';

/** The shop with one more service, which search and checkout call. */
const shared = {
  ...topology,
  services: [
    ...topology.services.map((one) =>
      one.name === 'search' || one.name === 'checkout'
        ? { ...one, dependsOn: [...one.dependsOn, service('stock')] }
        : one,
    ),
    ...topology.services.filter(({ name }) => name === 'payments').map((one) => ({ ...one, name: service('stock') })),
  ],
};
const busySearch = [
  anomaly('search', 'cpu', { onset: 0, observed: 97 }),
  anomaly('search', 'latency', { onset: 0 }),
  anomaly('search', 'errors', { onset: 5, observed: 80 }),
];

describe('correlation', () => {
  it('names the dependency whose trouble explains that of its callers', () => {
    const { openings } = ask(slowDatabase);
    expect(openings).toHaveLength(1);
    expect(openings[0]?.service).toBe('orders-db');
    expect(openings[0]?.anomalies).toHaveLength(5);
  });

  it('opens two incidents for two unrelated troubles', () => {
    const lasting = [...slowDatabase, ...busySearch].map((one) => ({ ...one, lastSeen: one.onset + 160_000 }));
    const { openings } = ask(lasting);
    expect(openings.map((opening) => opening.service).sort()).toEqual(['orders-db', 'search']);
  });

  it('prefers what began first to what could explain more but came later', () => {
    const late = [
      anomaly('checkout', 'latency', { onset: 0, seconds: 200 }),
      anomaly('edge', 'latency', { onset: 5, seconds: 200 }),
      anomaly('payments', 'latency', { onset: 120, seconds: 100 }),
    ];
    expect(ask(late).openings[0]?.service).toBe('checkout');
  });

  it('suspects what several services call in vain, though it shows nothing itself', () => {
    const inVain = ['search', 'checkout'].flatMap((name) => [
      anomaly(name, 'retries', { observed: 300 }),
      anomaly(name, 'errors', { observed: 200 }),
    ]);
    const { openings } = ask([...inVain, anomaly('edge', 'errors', { observed: 60 })], [], [], { shop: shared });
    expect(openings.map(({ service: root }) => root)).toEqual(['stock']);
  });

  it('suspects among silent services the one that all of its callers call in vain', () => {
    // The edge fails because checkout does; checkout calls payments and stock, and search gets along with stock.
    const inVain = ['edge', 'checkout'].flatMap((name) => [
      anomaly(name, 'retries', { observed: 300 }),
      anomaly(name, 'errors', { observed: 200 }),
    ]);
    const quiet = ['payments', 'stock'].map((name) => anomaly(name, 'requests', { direction: 'below', observed: 0 }));
    const { openings } = ask([...inVain, ...quiet], [], [], { shop: shared });
    expect(openings.map(({ service: root }) => root)).toEqual(['payments']);
  });

  it('prefers a service in trouble to a silent one that as many call in vain, through others or not', () => {
    const failing = ['edge', 'checkout'].flatMap((name) => [
      anomaly(name, 'timeouts', { observed: 300 }),
      anomaly(name, 'latency', { observed: 200 }),
      anomaly(name, 'errors', { observed: 200 }),
    ]);
    const slow = anomaly('payments', 'latency', { observed: 200, instance: 'payments-a' });
    // Both the edge and checkout call search directly, payments only checkout does.
    const shop = {
      ...topology,
      services: topology.services.map((one) =>
        one.name === 'checkout' ? { ...one, dependsOn: [...one.dependsOn, service('search')] } : one,
      ),
    };
    expect(ask([...failing, slow], [], [], { shop }).openings[0]?.service).toBe('payments');
  });

  it('waits for what a service calls to show, where its calls have begun to fail and it is short of nothing', () => {
    const failing = (seconds: number) => [
      anomaly('checkout', 'retries', { observed: 300, seconds }),
      anomaly('checkout', 'errors', { observed: 200, seconds }),
      anomaly('edge', 'errors', { observed: 60, seconds }),
    ];
    expect(ask(failing(10)).openings).toEqual([]);
    expect(ask(failing(30)).openings.map(({ service: root }) => root)).toEqual(['checkout']);
    const hangs = anomaly('payments', 'requests', { direction: 'below', observed: 0, seconds: 10 });
    expect(ask([...failing(10), hangs]).openings.map(({ service: root }) => root)).toEqual(['payments']);
    const short = anomaly('checkout', 'memory', { observed: 97, seconds: 10 });
    expect(ask([...failing(10), short]).openings.map(({ service: root }) => root)).toEqual(['checkout']);
  });

  it('does not open on what a deploy or a job moves', () => {
    expect(
      ask([anomaly('checkout', 'cpu'), anomaly('checkout', 'restarts'), anomaly('checkout', 'memory')]).openings,
    ).toEqual([]);
    expect(ask([anomaly('edge', 'requests'), anomaly('checkout', 'requests')]).openings).toEqual([]);
  });

  it('does not open on failures that are a small share of the requests', () => {
    const few = [
      anomaly('edge', 'errors', { observed: 1 }),
      anomaly('checkout', 'errors', { observed: 2 }),
      anomaly('checkout', 'timeouts', { observed: 2 }),
    ];
    expect(ask(few).openings).toEqual([]);
  });

  it('opens on a lasting strain close to its limit before anyone is harmed', () => {
    expect(ask([anomaly('checkout', 'disk', { observed: 70, seconds: 600 })]).openings).toEqual([]);
    expect(ask([anomaly('checkout', 'disk', { observed: 92, seconds: 90 })]).openings[0]?.reason).toBe(
      'disk of checkout is close to its limit',
    );
  });

  it('opens on an instance that stays silent', () => {
    const silent = { direction: 'missing' as const, observed: null, instance: 'search-a' };
    expect(ask([anomaly('search', 'heartbeat', { ...silent, seconds: 170 })]).openings).toEqual([]);
    expect(ask([anomaly('search', 'heartbeat', { ...silent, seconds: 185 })]).openings).toHaveLength(1);
  });
});
