import { describe, expect, it } from 'vitest';
import type { Anomaly } from '../../../../lambdas/domain/anomaly/anomaly.ts';
import { anomalyOfForecast, type Forecast } from '../../../../lambdas/domain/forecast/forecast.ts';
import { incidentIdSchema } from '../../../../lambdas/domain/ids.ts';
import { correlate } from '../../../../lambdas/domain/incident/correlate.ts';
import { anomaly, exampleForecast, service, topology } from '../../../support/detection-examples.ts';

const demand = new Map(['edge', 'checkout', 'payments', 'orders-db', 'search'].map((name) => [service(name), 600]));
const ask = (
  anomalies: readonly Anomaly[],
  live: Parameters<typeof correlate>[0]['live'] = [],
  forecasts: readonly Forecast[] = [],
) => correlate({ anomalies, forecasts, topology, live, standing: { sustained: new Map(), demand } });
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

  it("joins a caller's harm at any time, and its own strain only when it is as old as the incident", () => {
    const live = [{ id: id('AV'), service: service('payments'), services: [], onset: 0 }];
    const harm = anomaly('checkout', 'latency', { onset: 1800 });
    const oldStrain = anomaly('checkout', 'memory', { onset: 100, observed: 95, seconds: 1800 });
    const newStrain = anomaly('checkout', 'disk', { onset: 1800, observed: 95, seconds: 60 });
    const { joins, openings } = ask([harm, oldStrain, newStrain], live);
    expect(joins).toEqual([{ incidentId: id('AV'), anomalies: [harm, oldStrain] }]);
    expect(openings.map(({ anomalies }) => anomalies)).toEqual([[newStrain]]);
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

    it('opens nothing by a trend whose forecast no longer stands', () => {
      expect(ask(trends, [], []).openings).toEqual([]);
    });
  });
});
