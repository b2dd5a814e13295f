import type { Direction } from '../../lambdas/domain/anomaly/anomaly.ts';
import { type Yardstick, yardstickSchema } from '../../lambdas/domain/incident/incident.ts';
import type { Sample } from '../../lambdas/domain/signal/series.ts';
import { type JudgeQuestion, judge } from '../../lambdas/domain/verification/judge.ts';
import { aTopology, start } from './response-examples.ts';

export const yardstick = (
  metric: string,
  role: string,
  low: number,
  high: number,
  instance: string | null = null,
): Yardstick =>
  yardstickSchema.parse({
    series: {
      id: `shop|${metric}|${instance ?? ''}`,
      namespace: 'shop',
      metric,
      dimensions: [{ name: 'Service', value: 'front' }],
      statistic: 'Average',
      role,
      service: 'front',
      instance,
    },
    detectorVersion: 1,
    state: [low, high],
    reason: 'caller',
  });

export const requests = yardstick('RequestCount', 'requests', 90, 110);
export const errors = yardstick('ErrorCount', 'errors', 0, 2);
export const latency = yardstick('LatencyP95', 'latency', 80, 120);

export type Values = { readonly requests?: number; readonly errors?: number; readonly latency?: number };
export const healthy: Values = { requests: 100, errors: 1, latency: 100 };
export const broken: Values = { requests: 100, errors: 30, latency: 400 };
/** Out of its bands, and over a minute hardly felt. */
export const uneasy: Values = { requests: 100, errors: 3, latency: 135 };

/** One entry a five-second period. */
export const times = (count: number, values: Values): readonly Values[] => Array.from({ length: count }, () => values);

type Case = {
  readonly before?: readonly Values[];
  readonly acting?: readonly Values[];
  readonly after: readonly Values[];
  readonly change?: Partial<JudgeQuestion>;
};

/** What is judged at the end of `after`; the act began after `before`, which begins at the onset, and took `acting`. */
export const verdictOf = ({ before = times(6, broken), acting = [], after, change = {} }: Case) => {
  const all = [...before, ...acting, ...after];
  const of = (name: keyof Values): readonly Sample[] =>
    all.flatMap((values, index) => {
      const value = values[name];
      return value === undefined ? [] : [{ at: start + index * 5000, value }];
    });
  const actStartedAt = start + before.length * 5000;
  const actedAt = actStartedAt + acting.length * 5000;
  return judge({
    yardsticks: [requests, errors, latency],
    samples: new Map([
      ...(change.yardsticks ?? []).map(({ series }) => [series.id, []] as const),
      [requests.series.id, of('requests')],
      [errors.series.id, of('errors')],
      [latency.series.id, of('latency')],
    ]),
    band: ({ state }) => ({ low: state[0] ?? 0, high: state[1] ?? 0 }),
    alarmed: new Map<typeof latency.series.id, Direction>([[latency.series.id, 'above']]),
    foretold: null,
    topology: aTopology(),
    onset: start,
    patternFrom: start,
    actStartedAt,
    actedAt,
    now: actedAt + after.length * 5000,
    periodSeconds: 5,
    effectWithinSeconds: 60,
    quietBeforeSeconds: 0,
    ...change,
  });
};
