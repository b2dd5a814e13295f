import type { Anomaly } from '../anomaly/anomaly.ts';
import type { SeriesId, ServiceName } from '../ids.ts';
import type { Topology } from '../topology/topology.ts';

/** How things stand around the anomalies: means of the newest minute or so. */
export type Standing = {
  /** Of each anomalous series, in its unit; counters per minute. */
  readonly sustained: ReadonlyMap<SeriesId, number>;
  /** How fast each climbs now, units per second, 0 or more. */
  readonly climbing: ReadonlyMap<SeriesId, number>;
  /** Requests of each service, per minute. */
  readonly demand: ReadonlyMap<ServiceName, number>;
};

export const sustainedValue = ({ series, observed }: Anomaly, { sustained }: Standing): number =>
  sustained.get(series) ?? observed ?? 0;

/** Share of its service's requests that an error-like count makes, 0 upwards. */
export const shareOfRequests = (perMinute: number, { service }: Anomaly, { demand }: Standing): number =>
  perMinute / Math.max(demand.get(service) ?? 0, 1);

/** How many times its expected value a value of the series is. */
export const timesExpected = (value: number, { band }: Anomaly): number =>
  value / Math.max((band.low + band.high) / 2, Number.EPSILON);

/** Part of its climb since onset that a series must still be climbing at: of a mere step the pace soon dies down. */
const steadyPace = 0.5;

/** Seconds until a utilisation in percent that climbs steadily is used up; infinite when it does not. */
export function secondsToLimit(anomaly: Anomaly, { climbing }: Standing): number {
  const { observed, onset, lastSeen, series, band } = anomaly;
  const pace = climbing.get(series) ?? 0;
  if (observed === null || pace === 0) return Number.POSITIVE_INFINITY;
  const paceSinceOnset = (observed - (band.low + band.high) / 2) / ((lastSeen - onset) / 1000);
  return pace >= steadyPace * paceSinceOnset ? (100 - observed) / pace : Number.POSITIVE_INFINITY;
}

/** Share of a service's requests below which failures are everyday. */
const everydayShare = 0.005;

/** Failures count when they are a share of the requests worth the name, missing instances when they are wanted. */
export function isMaterial(anomaly: Anomaly, standing: Standing, topology: Topology): boolean {
  switch (anomaly.role) {
    case 'errors':
    case 'timeouts':
    case 'retries':
      return shareOfRequests(sustainedValue(anomaly, standing), anomaly, standing) >= everydayShare;
    case 'instances': {
      const wanted = topology.services.find(({ name }) => name === anomaly.service)?.desired.instanceCount ?? 0;
      return anomaly.observed === null || anomaly.observed < wanted;
    }
    default:
      return true;
  }
}
