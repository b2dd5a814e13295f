import type { Anomaly } from '../anomaly/anomaly.ts';
import type { SeriesId, ServiceName } from '../ids.ts';
import { servedElsewhere } from '../topology/served-elsewhere.ts';
import type { Topology } from '../topology/topology.ts';

/** How things stand around the anomalies: means of the newest minute or so. */
export type Standing = {
  /** Of each anomalous series, in its unit; counters per minute. */
  readonly sustained: ReadonlyMap<SeriesId, number>;
  /** Requests of each service, per minute. */
  readonly demand: ReadonlyMap<ServiceName, number>;
  /** Requests that each service failed, per minute. */
  readonly failures: ReadonlyMap<ServiceName, number>;
  /** Calls of each service that it repeated or stopped waiting for, per minute. */
  readonly failedCalls: ReadonlyMap<ServiceName, number>;
};

export const sustainedValue = ({ series, observed }: Anomaly, { sustained }: Standing): number =>
  sustained.get(series) ?? observed ?? 0;

/** Share of its service's requests that an error-like count makes, 0 upwards. */
export const shareOfRequests = (perMinute: number, { service }: Anomaly, { demand }: Standing): number =>
  perMinute / Math.max(demand.get(service) ?? 0, 1);

/** How many times its expected value a value of the series is. */
export const timesExpected = (value: number, { band }: Anomaly): number =>
  value / Math.max((band.low + band.high) / 2, Number.EPSILON);

/** Share of a service's requests below which failures are everyday. */
const everydayShare = 0.005;

/**
 * Failures count when they are a share of the requests worth the name, missing instances when they are wanted, and fewer requests
 * or cache hits when anybody asks: a service whose callers use its standby has neither, and is not in trouble for that.
 */
export function isMaterial(anomaly: Anomaly, standing: Standing, topology: Topology): boolean {
  // Whatever leads to a limit counts, however little it is by itself.
  if (anomaly.stream === 'trend') return true;
  switch (anomaly.role) {
    case 'errors':
    case 'timeouts':
    case 'retries':
      return shareOfRequests(sustainedValue(anomaly, standing), anomaly, standing) >= everydayShare;
    case 'instances': {
      const wanted = topology.services.find(({ name }) => name === anomaly.service)?.desired.instanceCount ?? 0;
      return anomaly.observed === null || anomaly.observed < wanted;
    }
    case 'requests':
    case 'cacheHits':
      return anomaly.direction === 'above' || !servedElsewhere(topology).has(anomaly.service);
    default:
      return true;
  }
}
