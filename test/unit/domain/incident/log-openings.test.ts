import { describe, expect, it } from 'vitest';
import { emptyOverview, scanStatus } from '../../../../lambdas/domain/anomaly/overview.ts';
import { planShards } from '../../../../lambdas/domain/anomaly/plan-shards.ts';
import { incidentIdSchema } from '../../../../lambdas/domain/ids.ts';
import { callGraph } from '../../../../lambdas/domain/incident/call-graph.ts';
import { chooseRoot } from '../../../../lambdas/domain/incident/choose-root.ts';
import { yardstickReason } from '../../../../lambdas/domain/incident/choose-yardsticks.ts';
import { reasonToOpen } from '../../../../lambdas/domain/incident/enough-to-open.ts';
import { newIncident } from '../../../../lambdas/domain/incident/new-incident.ts';
import { readScene } from '../../../../lambdas/domain/incident/scene.ts';
import { logSeriesOf } from '../../../../lambdas/domain/signal/log-signals/log-series.ts';
import { anomaly, exampleSeries, service, topology } from '../../../support/detection-examples.ts';

const graph = callGraph(topology);
const demand = new Map([[service('search'), 600]]);
const standing = { demand, sustained: new Map(), failures: new Map(), failedCalls: new Map() };
type Anomalies = readonly ReturnType<typeof anomaly>[];
const open = (...anomalies: Anomalies) => reasonToOpen(service('search'), anomalies, graph, standing, 2);
const rootOf = (anomalies: Anomalies) => chooseRoot(anomalies, readScene(anomalies, standing, topology));

const newErrors = (seconds: number) => anomaly('search', 'logPattern', { observed: 4, seconds });
const share = (seconds: number) => anomaly('search', 'logErrors', { observed: 60, seconds });
const someErrors = anomaly('search', 'errors', { observed: 20 });

describe('words in logs', () => {
  it('open nothing by themselves, however many', () => {
    expect(open(newErrors(300), share(300))).toBeNull();
    expect(rootOf([newErrors(300), share(300)])).toBeNull();
  });

  it('open an incident together with harm that is not bad enough by itself', () => {
    expect(open(someErrors)).toBeNull();
    expect(open(someErrors, newErrors(20), share(20))).toBe('search writes errors as it never did, and serves badly');
  });

  it('do not when only one of them spoke, or briefly', () => {
    expect(open(someErrors, newErrors(20))).toBeNull();
    expect(open(someErrors, share(20))).toBeNull();
    expect(open(someErrors, newErrors(5), share(5))).toBeNull();
  });

  it('do not beside failures that are too few for customers to notice, however loud', () => {
    const few = anomaly('search', 'errors', { observed: 5 });
    expect(open(few, newErrors(60), share(60))).toBeNull();
  });

  it('do not make a caller who writes much of it the root', () => {
    const words = [anomaly('edge', 'logErrors', { observed: 90 }), anomaly('edge', 'logPattern', { observed: 9 })];
    expect(rootOf([someErrors, ...words])).toBe('search');
  });

  it('are not of the family by which past incidents are found', () => {
    const id = incidentIdSchema.parse('01K6ZZYXWVTSRQPNMKJHGFEDCB');
    const anomalies = [someErrors, newErrors(20)];
    const opening = { kind: 'observed', service: service('search'), anomalies, reason: 'x', forecast: null } as const;
    expect(newIncident(opening, id, 0).family).toBe('search:errors');
  });
});

describe('series of log lines', () => {
  const logs = logSeriesOf([service('search'), service('edge'), service('search')]);

  it('have a shard of their own, and do not count as metrics', () => {
    const overview = emptyOverview();
    const metrics = [exampleSeries('edge', 'cpu', 'Average', 'edge-1'), exampleSeries('edge', 'errors', 'Sum')];
    planShards(overview, [...logs, ...metrics], { seriesInShard: 3, now: 0 });
    const sizes = Object.fromEntries(overview.shards.map(({ name, summaries }) => [name, summaries.size]));
    expect(sizes).toEqual({ logs: 8, 'shard-0000': 2 });
    expect(scanStatus(overview)).toMatchObject({ series: 2, shards: 1 });
  });

  it('are made for no more services than can be read', () => {
    const many = Array.from({ length: 150 }, (_, index) => service(`service-${index}`));
    expect(logSeriesOf(many)).toHaveLength(400);
  });

  it('are no yardsticks, although they alarmed', () => {
    const incident = { service: service('search'), series: logs.map(({ id }) => id), onset: 0 };
    expect(logs.map(yardstickReason(incident, topology))).toEqual(logs.map(() => null));
  });
});
