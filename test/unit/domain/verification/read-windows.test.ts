import { describe, expect, it } from 'vitest';
import { seriesIdSchema, serviceNameSchema } from '../../../../lambdas/domain/ids.ts';
import type { Yardstick } from '../../../../lambdas/domain/incident/incident.ts';
import type { MetricRole, Statistic } from '../../../../lambdas/domain/signal/series.ts';
import { readWindows } from '../../../../lambdas/domain/verification/read-windows.ts';

const yardstick = (role: MetricRole, statistic: Statistic): Yardstick => ({
  series: {
    id: seriesIdSchema.parse(role),
    namespace: 'Shop',
    metric: role,
    dimensions: [{ name: 'Service', value: 'checkout' }],
    statistic,
    role,
    service: serviceNameSchema.parse('checkout'),
    instance: null,
  },
  detectorVersion: 1,
  state: [],
  reason: 'anomalous',
});
const errors = yardstick('errors', 'Sum');
const requests = yardstick('requests', 'Sum');
const cpu = yardstick('cpu', 'Average');
const bands = { errors: { low: -5, high: 6 }, requests: { low: 1000, high: 3000 }, cpu: { low: 0, high: 30 } };

type Role = keyof typeof bands;
const roleOf = ({ series }: Yardstick): Role =>
  series.role === 'errors' || series.role === 'cpu' ? series.role : 'requests';

/** State of one yardstick in a window with these values, counters per minute. */
const stateOf = (values: Partial<Record<Role, number>>, periodSeconds = 5, role: Role = 'errors') => {
  const yardsticks = [errors, requests, cpu].filter((one) => roleOf(one) in values);
  const [window] = readWindows(
    {
      yardsticks,
      samples: new Map(yardsticks.map((one) => [one.series.id, [{ at: 0, value: values[roleOf(one)] ?? 0 }]])),
      band: (one) => bands[roleOf(one)],
      alarmed: new Map(),
      periodSeconds,
    },
    0,
    periodSeconds * 1000,
  );
  return window?.readings.find(({ yardstick: one }) => roleOf(one) === role)?.state;
};

describe('readWindows', () => {
  it('holds one or two failures in a short period for single events, and three for trouble', () => {
    expect(stateOf({ errors: 0 })).toBe('inside');
    expect(stateOf({ errors: 12 })).toBe('marginal');
    expect(stateOf({ errors: 24 })).toBe('marginal');
    expect(stateOf({ errors: 36 })).toBe('outside');
  });

  it('counts events, not rates: the same rate over a minute is trouble', () => {
    expect(stateOf({ errors: 24 }, 60)).toBe('outside');
  });

  it('forgives a processor that is busy with more requests, and not one that is busy without them', () => {
    expect(stateOf({ cpu: 45, requests: 6000 }, 5, 'cpu')).toBe('inside');
    expect(stateOf({ cpu: 45, requests: 2000 }, 5, 'cpu')).toBe('outside');
  });
});
