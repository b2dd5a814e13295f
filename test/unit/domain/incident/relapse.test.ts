import { describe, expect, it } from 'vitest';
import { countingIds } from '../../../../lambdas/adapters/memory/ids.ts';
import type { Anomaly } from '../../../../lambdas/domain/anomaly/anomaly.ts';
import { seriesIdSchema } from '../../../../lambdas/domain/ids.ts';
import type { Incident } from '../../../../lambdas/domain/incident/incident.ts';
import { newIncident } from '../../../../lambdas/domain/incident/new-incident.ts';
import { relapseOf } from '../../../../lambdas/domain/incident/relapse.ts';
import { latencyAnomaly, openIncident } from '../../../support/record-examples.ts';
import { serviceName } from '../../../support/response-examples.ts';

const ids = countingIds({ now: () => 0 });
const minute = 60_000;
const start = 1_000 * minute;
const series = (...names: string[]) => ({ series: names.map((name) => seriesIdSchema.parse(name)) });

/** Resolved so many minutes before the present trouble began. */
const resolved = (minutesBefore: number, change: Partial<Incident> = {}): Incident => {
  const closedAt = start - minutesBefore * minute;
  const ended = { state: 'resolved', closedAt, ...series('a', 'b') } as const;
  return openIncident(ids.incident(), 'middle', closedAt - 5 * minute, { ...ended, ...change });
};
const present = (change: Partial<Incident> = {}) =>
  openIncident(ids.incident(), 'middle', start + minute, { onset: start, ...series('a', 'b', 'c'), ...change });

describe('a relapse', () => {
  it('is the same signals of the same service within an hour of a recovery', () => {
    const earlier = resolved(59);
    expect(relapseOf(present(), [earlier])).toBe(earlier.id);
    expect(relapseOf(present(series('b', 'x', 'y')), [earlier]), 'half of the smaller set').toBe(earlier.id);
  });

  it('is of the incident that ended last', () => {
    const [older, newer] = [resolved(40), resolved(10)];
    expect(relapseOf(present(), [older, newer])).toBe(newer.id);
  });

  it.each([
    ['it ended an hour before', resolved(60)],
    ['it was never resolved', resolved(10, { state: 'escalated' })],
    ['another service had it', resolved(10, { service: serviceName('store'), family: 'store:latency' })],
    ['its service spoke by other signs', resolved(10, { family: 'middle:connections+latency' })],
    ['its signals were others', resolved(10, series('x', 'y', 'a'))],
    ['it had been foretold', resolved(10, { kind: 'predicted' })],
    ['it ended after this one opened', resolved(-5)],
  ])('is none where %s', (_, earlier) => {
    expect(relapseOf(present(), [earlier])).toBeNull();
  });

  it('is none of another trouble of the same service, however alike what the callers suffer', () => {
    const middle = serviceName('middle');
    const felt = [latencyAnomaly('front', start), latencyAnomaly('middle', start)];
    const held = latencyAnomaly('middle', start, { series: seriesIdSchema.parse('c'), role: 'connections' });
    const opened = (anomalies: readonly Anomaly[], at: number) =>
      newIncident({ kind: 'observed', service: middle, anomalies, reason: 'x', forecast: null }, ids.incident(), at);
    const flag: Incident = { ...opened(felt, start - 9 * minute), state: 'resolved', closedAt: start - 5 * minute };
    expect(relapseOf(opened(felt, start), [flag])).toBe(flag.id);
    expect(relapseOf(opened([...felt, held], start), [flag])).toBeNull();
  });

  it('is none where the present trouble is foretold', () => {
    expect(relapseOf(present({ kind: 'predicted' }), [resolved(10)])).toBeNull();
  });
});
