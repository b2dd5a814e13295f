import { describe, expect, it } from 'vitest';
import { anomalyOfForecast } from '../../../../lambdas/domain/forecast/forecast.ts';
import { ask, liveIn, slowDatabase } from '../../../support/correlation-question.ts';
import { anomaly, exampleForecast } from '../../../support/detection-examples.ts';

describe('correlation of what is about to happen', () => {
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
    const live = liveIn('orders-db');
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
