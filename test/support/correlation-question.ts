import type { Anomaly } from '../../lambdas/domain/anomaly/anomaly.ts';
import type { Forecast } from '../../lambdas/domain/forecast/forecast.ts';
import { incidentIdSchema } from '../../lambdas/domain/ids.ts';
import { correlate } from '../../lambdas/domain/incident/correlate.ts';
import { anomaly, service, topology } from './detection-examples.ts';

const demand = new Map(['edge', 'checkout', 'payments', 'orders-db', 'search'].map((name) => [service(name), 600]));

type Question = Parameters<typeof correlate>[0];

/** What correlation makes of these anomalies; where nothing else is said, in the small shop with 600 requests a minute each. */
export const ask = (
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

/** The id of the incident that `liveIn` speaks of. */
export const liveId = incidentIdSchema.parse('01ARZ3NDEKTSV4RRFFQ69G5FAV');

/** An incident that is live at a service since the epoch. */
export const liveIn = (name: string): Question['live'] => [
  { id: liveId, service: service(name), services: [], onset: 0 },
];

/** Trouble of a database felt by all who wait for it. */
export const slowDatabase = [
  anomaly('orders-db', 'latency', { onset: 0 }),
  anomaly('orders-db', 'cpu', { onset: 0 }),
  anomaly('checkout', 'latency', { onset: 5 }),
  anomaly('edge', 'latency', { onset: 10 }),
  anomaly('edge', 'errors', { onset: 15, observed: 60 }),
];
