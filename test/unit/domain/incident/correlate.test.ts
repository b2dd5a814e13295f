import { describe, expect, it } from 'vitest';
import type { Anomaly } from '../../../../lambdas/domain/anomaly/anomaly.ts';
import { anomalyOfForecast, type Forecast } from '../../../../lambdas/domain/forecast/forecast.ts';
import { incidentIdSchema } from '../../../../lambdas/domain/ids.ts';
import { correlate } from '../../../../lambdas/domain/incident/correlate.ts';
import { anomaly, exampleForecast, service, topology } from '../../../support/detection-examples.ts';

const demand = new Map(['edge', 'checkout', 'payments', 'orders-db', 'search'].map((name) => [service(name), 600]));
type Question = Parameters<typeof correlate>[0];
const ask = (
  anomalies: readonly Anomaly[],
  live: Question['live'] = [],
  forecasts: readonly Forecast[] = [],
  {
    standing = {},
    shop = topology,
  }: { readonly standing?: Partial<Question['standing']>; readonly shop?: Question['topology'] } = {},
) =>
  correlate({
    anomalies,
    forecasts,
    topology: shop,
    live,
    standing: {
      sustained: new Map(),
      demand,
      failures: new Map(),
      failedCalls: new Map(),
      ...standing,
    },
  });
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
const id = (text: string) => incidentIdSchema.parse(`01ARZ3NDEKTSV4RRFFQ69G5F${text}`);

/** Trouble of a database felt by all who wait for it. */
const slowDatabase = [
  anomaly('orders-db', 'latency', { onset: 0 }),
  anomaly('orders-db', 'cpu', { onset: 0 }),
  anomaly('checkout', 'latency', { onset: 5 }),
  anomaly('edge', 'latency', { onset: 10 }),
  anomaly('edge', 'errors', { onset: 15, observed: 60 }),
];
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

  it('joins what a live incident explains and opens nothing more', () => {
    const live = [{ id: id('AV'), service: service('orders-db'), services: [], onset: 0 }];
    const { joins, openings } = ask(slowDatabase, live);
    expect(openings).toEqual([]);
    expect(joins).toEqual([{ incidentId: id('AV'), anomalies: slowDatabase }]);
  });

  it('joins a cause that turns out to lie deeper, and not trouble there that is much newer', () => {
    const live = [{ id: id('AV'), service: service('checkout'), services: [], onset: 0 }];
    expect(ask(slowDatabase, live).openings).toEqual([]);
    const later = slowDatabase.map((one) => ({
      ...one,
      onset: one.onset + 3_600_000,
      lastSeen: one.lastSeen + 3_720_000,
    }));
    expect(ask(later, live).openings.map((opening) => opening.service)).toEqual(['orders-db']);
  });

  it('prefers what began first to what could explain more but came later', () => {
    const late = [
      anomaly('checkout', 'latency', { onset: 0, seconds: 200 }),
      anomaly('edge', 'latency', { onset: 5, seconds: 200 }),
      anomaly('payments', 'latency', { onset: 120, seconds: 100 }),
    ];
    expect(ask(late).openings[0]?.service).toBe('checkout');
  });

  it("joins a caller's harm at any time, and its waiting connections only when they are as old as the incident", () => {
    const live = [{ id: id('AV'), service: service('payments'), services: [], onset: 0 }];
    const cause = anomaly('payments', 'latency', { seconds: 1900 });
    const harm = anomaly('checkout', 'latency', { onset: 1800 });
    const waiting = anomaly('checkout', 'connections', { onset: 100, observed: 95, seconds: 1800 });
    expect(ask([cause, harm, waiting], live).joins[0]?.anomalies).toEqual([cause, harm, waiting]);
    const later = anomaly('checkout', 'connections', { onset: 1800, observed: 95, seconds: 60 });
    expect(ask([cause, later], live).openings.map(({ service: root }) => root)).toEqual(['checkout']);
  });

  it.each([
    ['a disk that fills', anomaly('checkout', 'disk', { onset: 20, observed: 95, seconds: 60 })],
    ['memory that leaks', anomaly('checkout', 'memory', { onset: 20, observed: 95, seconds: 60 })],
    ['processors busy without more requests', anomaly('checkout', 'cpu', { onset: 20, observed: 95, seconds: 60 })],
  ])('opens a second incident for what a caller can only have from itself: %s', (_, strain) => {
    const live = [{ id: id('AV'), service: service('orders-db'), services: [], onset: 0 }];
    const { joins, openings } = ask([...slowDatabase, strain], live);
    expect(joins[0]?.anomalies).toEqual(slowDatabase);
    expect(openings.map(({ service: root, anomalies }) => [root, anomalies])).toEqual([['checkout', [strain]]]);
  });

  it('takes processors that are busy with repeated or added requests for part of the trouble that brings them', () => {
    const live = [{ id: id('AV'), service: service('orders-db'), services: [], onset: 0 }];
    const busy = {
      ...anomaly('checkout', 'cpu', { onset: 20, observed: 95, seconds: 60 }),
      band: { low: 20, high: 40 },
    };
    const openings = (role: 'requests' | 'retries', failedCalls: number) =>
      ask([...slowDatabase, anomaly('checkout', role), busy], live, [], {
        standing: { failedCalls: new Map([[service('checkout'), failedCalls]]) },
      }).openings.map(({ service: root }) => root);
    expect(openings('requests', 0)).toEqual([]);
    // With as many calls repeated as made, work may double and a little more; with a tenth of them it does not treble.
    expect(openings('retries', 900)).toEqual([]);
    expect(openings('retries', 60)).toEqual(['checkout']);
  });

  it("takes connections of a database for its callers', when those hold more than they are used to", () => {
    const foretold = { ...exampleForecast('orders-db', { minutes: 3 }), role: 'connections' as const };
    const ofDatabase = anomalyOfForecast(foretold);
    const held = [anomaly('payments', 'connections', { observed: 70, instance: 'payments-a' }), ofDatabase];
    const shop = {
      ...topology,
      services: topology.services.map((one) =>
        one.name === 'payments' ? { ...one, dependsOn: [service('orders-db')] } : one,
      ),
    };
    const live = [{ id: id('AV'), service: service('payments'), services: [], onset: 0 }];
    expect(ask(held, live, [foretold], { shop })).toEqual({
      joins: [{ incidentId: id('AV'), anomalies: held }],
      openings: [],
    });
    expect(ask(held, [], [foretold], { shop }).openings).toEqual([]);
    expect(ask([ofDatabase], [], [foretold], { shop }).openings.map(({ service: root }) => root)).toEqual([
      'orders-db',
    ]);
  });

  it('takes memory foretold to fill in a caller that waits for part of what it waits for, and a disk not', () => {
    const live = [{ id: id('AV'), service: service('orders-db'), services: [], onset: 0 }];
    const rising = (role: 'memory' | 'disk') => ({
      ...anomaly('checkout', role, { onset: 20 }),
      stream: 'trend' as const,
    });
    expect(ask([...slowDatabase, rising('memory')], live).joins[0]?.anomalies).toHaveLength(6);
    expect(ask([...slowDatabase, rising('disk')], live).joins[0]?.anomalies).toHaveLength(5);
  });

  it('parts failures of a caller that its dependencies do not account for', () => {
    const live = [{ id: id('AV'), service: service('payments'), services: [], onset: 0 }];
    const failing = [anomaly('payments', 'errors', { observed: 60 }), anomaly('checkout', 'errors', { observed: 200 })];
    const standing = (own: number) => ({
      failures: new Map([
        [service('payments'), 60],
        [service('checkout'), 60 + own],
      ]),
    });
    expect(ask(failing, live, [], { standing: standing(0) }).openings).toEqual([]);
    expect(ask(failing, live, [], { standing: standing(140) }).openings.map(({ service: root }) => root)).toEqual([
      'checkout',
    ]);
    // In the first moments of calls that fail, failures and failed calls are not counted side by side yet.
    const repeated = (seconds: number) => [...failing, anomaly('checkout', 'retries', { observed: 60, seconds })];
    expect(ask(repeated(10), live, [], { standing: standing(140) }).openings).toEqual([]);
    expect(ask(repeated(40), live, [], { standing: standing(140) }).openings).toHaveLength(1);
    // Whoever waits for a slow one runs out of room and fails without its help.
    const slow = [...failing, anomaly('payments', 'latency')];
    expect(ask(slow, live, [], { standing: standing(140) }).openings).toEqual([]);
  });

  it('keeps a fault below a live incident apart when that one has a cause of its own', () => {
    const live = [{ id: id('AV'), service: service('checkout'), services: [], onset: 0 }];
    const spinning = anomaly('checkout', 'cpu', { observed: 97 });
    const below = anomaly('payments', 'errors', { onset: 30, observed: 300 });
    expect(ask([anomaly('checkout', 'latency'), below], live).openings).toEqual([]);
    const { openings } = ask([anomaly('checkout', 'latency'), spinning, below], live);
    expect(openings.map(({ service: root }) => root)).toEqual(['payments']);
  });

  it('never takes a disk that fills below for what the callers suffer from', () => {
    const live = [{ id: id('AV'), service: service('checkout'), services: [], onset: 0 }];
    const filling = anomaly('orders-db', 'disk', { onset: 30, observed: 95, seconds: 120 });
    expect(ask([anomaly('checkout', 'latency'), filling], live).openings[0]?.service).toBe('orders-db');
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

  describe('of what is about to happen', () => {
    const later = exampleForecast('orders-db', { minutes: 40 });
    const sooner = exampleForecast('orders-db', { minutes: 12, instance: 'orders-db-a' });
    const trends = [later, sooner].map(anomalyOfForecast);

    it('opens a predicted incident by the breach that comes first', () => {
      const { openings } = ask(trends, [], [later, sooner]);
      expect(openings).toMatchObject([
        {
          kind: 'predicted',
          service: 'orders-db',
          forecast: sooner,
          reason: 'disk of orders-db-a will reach 90% in about 12 min (10 to 14)',
        },
      ]);
      expect(openings[0]?.anomalies).toEqual(trends);
    });

    it('opens an observed one where harm is there already', () => {
      const [opening, ...others] = ask([...slowDatabase, ...trends], [], [later, sooner]).openings;
      expect(opening).toMatchObject({ kind: 'observed', service: 'orders-db', forecast: null });
      expect(others).toEqual([]);
    });

    it('goes on under the same incident when the breach comes', () => {
      const live = [{ id: id('AV'), service: service('orders-db'), services: [], onset: 0 }];
      const breached = anomaly('orders-db', 'disk', { observed: 95, seconds: 600 });
      const { joins, openings } = ask([breached, ...slowDatabase], live);
      expect(openings).toEqual([]);
      expect(joins[0]?.anomalies).toContain(breached);
    });

    it('foretells nothing of memory while the service is asked less than usual, and of a disk all the same', () => {
      const less = anomaly('orders-db', 'requests', { direction: 'below', observed: 1 });
      const ofMemory = { ...sooner, role: 'memory' as const };
      expect(ask([anomalyOfForecast(ofMemory)], [], [ofMemory]).openings).toHaveLength(1);
      expect(ask([anomalyOfForecast(ofMemory), less], [], [ofMemory]).openings).toEqual([]);
      expect(ask([anomalyOfForecast(sooner), less], [], [sooner]).openings).toHaveLength(1);
    });

    it('opens nothing by a trend whose forecast no longer stands', () => {
      expect(ask(trends, [], []).openings).toEqual([]);
    });
  });
});
