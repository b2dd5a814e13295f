import { describe, expect, it } from 'vitest';
import { anomalyOfForecast } from '../../../../lambdas/domain/forecast/forecast.ts';
import { ask, liveId, liveIn, slowDatabase } from '../../../support/correlation-question.ts';
import { anomaly, exampleForecast, service, topology } from '../../../support/detection-examples.ts';

describe('trouble beside a live incident', () => {
  it('joins what a live incident explains and opens nothing more', () => {
    const live = liveIn('orders-db');
    const { joins, openings } = ask(slowDatabase, live);
    expect(openings).toEqual([]);
    expect(joins).toEqual([{ incidentId: liveId, anomalies: slowDatabase }]);
  });

  it('joins a cause that turns out to lie deeper, and not trouble there that is much newer', () => {
    const live = liveIn('checkout');
    expect(ask(slowDatabase, live).openings).toEqual([]);
    const later = slowDatabase.map((one) => ({
      ...one,
      onset: one.onset + 3_600_000,
      lastSeen: one.lastSeen + 3_720_000,
    }));
    expect(ask(later, live).openings.map((opening) => opening.service)).toEqual(['orders-db']);
  });

  it("joins a caller's harm at any time, and its waiting connections only when they are as old as the incident", () => {
    const live = liveIn('payments');
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
    const live = liveIn('orders-db');
    const { joins, openings } = ask([...slowDatabase, strain], live);
    expect(joins[0]?.anomalies).toEqual(slowDatabase);
    expect(openings.map(({ service: root, anomalies }) => [root, anomalies])).toEqual([['checkout', [strain]]]);
  });

  it('takes processors that are busy with repeated or added requests for part of the trouble that brings them', () => {
    const live = liveIn('orders-db');
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
    const live = liveIn('payments');
    expect(ask(held, live, [foretold], { shop })).toEqual({
      joins: [{ incidentId: liveId, anomalies: held }],
      openings: [],
    });
    expect(ask(held, [], [foretold], { shop }).openings).toEqual([]);
    expect(ask([ofDatabase], [], [foretold], { shop }).openings.map(({ service: root }) => root)).toEqual([
      'orders-db',
    ]);
  });

  it('takes memory foretold to fill in a caller that waits for part of what it waits for, and a disk not', () => {
    const live = liveIn('orders-db');
    const rising = (role: 'memory' | 'disk') => ({
      ...anomaly('checkout', role, { onset: 20 }),
      stream: 'trend' as const,
    });
    expect(ask([...slowDatabase, rising('memory')], live).joins[0]?.anomalies).toHaveLength(6);
    expect(ask([...slowDatabase, rising('disk')], live).joins[0]?.anomalies).toHaveLength(5);
  });

  it('parts failures of a caller that its dependencies do not account for', () => {
    const live = liveIn('payments');
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
    const live = liveIn('checkout');
    const spinning = anomaly('checkout', 'cpu', { observed: 97 });
    const below = anomaly('payments', 'errors', { onset: 30, observed: 300 });
    expect(ask([anomaly('checkout', 'latency'), below], live).openings).toEqual([]);
    const { openings } = ask([anomaly('checkout', 'latency'), spinning, below], live);
    expect(openings.map(({ service: root }) => root)).toEqual(['payments']);
  });

  it('never takes a disk that fills below for what the callers suffer from', () => {
    const live = liveIn('checkout');
    const filling = anomaly('orders-db', 'disk', { onset: 30, observed: 95, seconds: 120 });
    expect(ask([anomaly('checkout', 'latency'), filling], live).openings[0]?.service).toBe('orders-db');
  });
});
