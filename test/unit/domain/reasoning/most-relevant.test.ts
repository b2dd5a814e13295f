import { expect, it } from 'vitest';
import { mostRelevant } from '../../../../lambdas/domain/reasoning/most-relevant.ts';
import { aBundle, aLog, aMetric, anIncident } from '../../../support/response-examples.ts';

const bundle = aBundle([
  aMetric({ service: 'store', role: 'cpu', before: 20, now: 20 }),
  aMetric({ service: 'middle', role: 'latency', before: 80, now: 400 }),
  aLog({ service: 'store', template: 'all is well', level: 'info', before: 30, since: 30 }),
  aLog({ service: 'middle', template: 'connection refused', level: 'error', since: 30 }),
  aMetric({ service: 'front', role: 'memory', before: 40, now: 40 }),
]);

it('keeps what says most, under its own id and in its order', () => {
  const smaller = mostRelevant(bundle, anIncident(), 3);
  expect(smaller.items.map(({ id }) => id)).toEqual(['E1', 'E3', 'E5']);
  expect(smaller.items[1]).toBe(bundle.items[2]);
  expect({ ...smaller, items: [] }).toEqual({ ...bundle, items: [] });
});

it('keeps the topology, and everything that there is room for', () => {
  expect(mostRelevant(bundle, anIncident(), 1).items.map(({ type }) => type)).toEqual(['topology']);
  expect(mostRelevant(bundle, anIncident(), 6)).toBe(bundle);
});
