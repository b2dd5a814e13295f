import type { z } from 'zod';
import type { Band } from '../anomaly/anomaly.ts';
import type { SeriesId, ServiceName } from '../ids.ts';
import type { Incident, Yardstick } from '../incident/incident.ts';
import type { LogLine, MetricRole, ReadingEnd, SamplesBySeries, Series } from '../signal/series.ts';
import type { Change } from '../topology/change.ts';
import type { Topology } from '../topology/topology.ts';
import {
  type Evidence,
  type EvidenceBundle,
  evidenceBundleSchema,
  type LogEvidence,
  type MetricEvidence,
  type pastIncidentEvidenceSchema,
} from './evidence.ts';
import { findFindings, shortestBaseline } from './findings.ts';
import { groupLogs } from './log-evidence.ts';
import { describeMetric } from './metric-evidence.ts';
import { troubleOnset } from './trouble-onset.ts';

export type PastIncident = Omit<z.infer<typeof pastIncidentEvidenceSchema>, 'id' | 'type'>;

export type EvidenceSources = {
  readonly incident: Incident;
  readonly yardsticks: readonly Yardstick[];
  /** What the frozen detector state of a yardstick expects at a time. */
  readonly band: (yardstick: Yardstick, at: number) => Band;
  /** Series to look at: those of the services around the incident. */
  readonly series: readonly Series[];
  /** From `from` to `to`; what could not be read is absent, and no evidence of anything. */
  readonly samples: SamplesBySeries;
  readonly logs: readonly LogLine[];
  /** From when on these are all lines of a service, and how reading them ended. */
  readonly logsRead: ReadonlyMap<ServiceName, { readonly from: number; readonly end: ReadingEnd }>;
  readonly changes: readonly Change[];
  readonly topology: Topology;
  /** Series whose trends lead to their limits. */
  readonly foretold: ReadonlySet<SeriesId>;
  readonly past: readonly PastIncident[];
  /** Start of what was read, some minutes before onset. */
  readonly from: number;
  /** Up to here telemetry has settled. */
  readonly to: number;
  readonly periodSeconds: number;
};

export type BuiltEvidence = {
  readonly bundle: EvidenceBundle;
  /** Merchants named in failing requests since onset. */
  readonly merchantsHurt: number;
};

const maximumMetrics = 110;
/** Trouble that reaches many services shows in a few new kinds of line of each of them. */
const logRoom = { perService: 4, least: 24, most: 60 } as const;
const maximumChanges = 20;
const maximumPast = 5;
const maximumBytes = 200_000;

/** Freezes what may be cited, most telling first, with ids E1, E2 and so on. */
export const buildEvidence = (sources: EvidenceSources): BuiltEvidence => {
  const { incident } = sources;
  const onset = troubleOnset(sources);
  const distance = distancesFrom(incident, sources.topology);
  const readFrom = new Map([...sources.logsRead].map(([service, read]) => [service, read.from]));
  const logs = groupLogs(sources.logs, { from: sources.from, onset, to: sources.to, readFrom });
  const items: readonly Unnumbered[] = [
    ...chooseMetrics(sources, onset, distance),
    ...chooseLogs(logs, distance, sources.topology.services.length),
    ...sources.changes
      .filter(({ at }) => at < sources.to)
      .sort((left, right) => right.at - left.at)
      .slice(0, maximumChanges)
      .map((change) => ({ type: 'change' as const, change })),
    { type: 'topology', topology: sources.topology },
    ...sources.past.slice(0, maximumPast).map((past) => ({ type: 'pastIncident' as const, ...past })),
  ];
  const bundle = evidenceBundleSchema.parse({
    incidentId: incident.id,
    frozenAt: sources.to,
    onset,
    periodSeconds: sources.periodSeconds,
    items: items.map((item, index) => ({ ...item, id: `E${index + 1}` })),
    unread: cutShort(sources, 'late', onset),
    unreadSeries: sources.series.filter(({ id }) => !sources.samples.has(id)).length,
  });
  const fitted = withinBytes(bundle);
  return {
    bundle: {
      ...fitted,
      findings: [
        ...findFindings({
          bundle: fitted,
          title: incident.title,
          logs,
          cutShort: cutShort(sources, 'limited', onset - shortestBaseline),
        }),
      ],
    },
    merchantsHurt: countMerchantsHurt(logs),
  };
};

/** Services whose lines were not read back to a time, for one reason. */
const cutShort = ({ logsRead }: EvidenceSources, why: ReadingEnd, to: number): readonly ServiceName[] =>
  [...logsRead].flatMap(([service, { from, end }]) => (end === why && from > to ? [service] : []));

type WithoutId<T> = T extends { readonly id: unknown } ? Omit<T, 'id'> : never;
type Unnumbered = WithoutId<Evidence>;

/** Steps along the call graph from the services that were anomalous at opening. */
const distancesFrom = (incident: Incident, topology: Topology): ReadonlyMap<ServiceName, number> => {
  const distance = new Map<ServiceName, number>([[incident.service, 0]]);
  for (const service of incident.services) {
    distance.set(service, Math.min(distance.get(service) ?? 1, service === incident.service ? 0 : 1));
  }
  for (let step = 0; step < topology.services.length; step += 1) {
    for (const { name, dependsOn } of topology.services) {
      for (const dependency of dependsOn) {
        const here = distance.get(name) ?? Number.POSITIVE_INFINITY;
        const there = distance.get(dependency) ?? Number.POSITIVE_INFINITY;
        if (here + 1 < there) {
          distance.set(dependency, here + 1);
        } else if (there + 1 < here) {
          distance.set(name, there + 1);
        }
      }
    }
  }
  return distance;
};

/** Quiet series worth having: without them "only this one" and "demand did not change" cannot be said. */
const controlRoles: readonly MetricRole[] = ['requests', 'errors', 'latency', 'cpu', 'memory', 'disk', 'connections'];

const chooseMetrics = (
  sources: EvidenceSources,
  onset: number,
  distance: ReadonlyMap<ServiceName, number>,
): readonly Omit<MetricEvidence, 'id'>[] => {
  const yardsticks = new Map<SeriesId, Yardstick>(sources.yardsticks.map((each) => [each.series.id, each]));
  const described = sources.series.flatMap((series) => {
    const samples = sources.samples.get(series.id);
    if (samples === undefined) return [];
    const yardstick = yardsticks.get(series.id);
    const item = describeMetric({
      series,
      samples,
      foretold: sources.foretold.has(series.id),
      band: yardstick === undefined ? null : sources.band(yardstick, onset),
      onset,
      to: sources.to,
      periodSeconds: sources.periodSeconds,
    });
    return item === null ? [] : [item];
  });
  const rank = (item: Omit<MetricEvidence, 'id'>): number => {
    const near = distance.get(item.service) ?? 9;
    const quiet = item.direction === null;
    const control = item.instance === null && controlRoles.includes(item.role);
    return near + (item.instance === null ? 0 : 2) + (quiet ? (control ? 4 : 9) : 0);
  };
  return described
    .sort(
      (left, right) =>
        rank(left) - rank(right) ||
        (left.onset ?? Number.POSITIVE_INFINITY) - (right.onset ?? Number.POSITIVE_INFINITY) ||
        compare(
          `${left.service} ${left.metric} ${left.instance}`,
          `${right.service} ${right.metric} ${right.instance}`,
        ),
    )
    .slice(0, maximumMetrics);
};

const compare = (left: string, right: string): number => (left < right ? -1 : left > right ? 1 : 0);

const chooseLogs = (
  logs: readonly Omit<LogEvidence, 'id'>[],
  distance: ReadonlyMap<ServiceName, number>,
  services: number,
): readonly Omit<LogEvidence, 'id'>[] => {
  const room = Math.min(logRoom.most, Math.max(logRoom.least, logRoom.perService * services));
  const telling = ({ level, perMinuteBefore, perMinuteSince, service }: Omit<LogEvidence, 'id'>): number => {
    const rise = Math.log2((perMinuteSince + 0.2) / (perMinuteBefore + 0.2));
    const weight = level === 'error' ? 2 : level === 'warn' ? 1.5 : 0.7;
    return rise * weight - (distance.get(service) ?? 5) * 0.5;
  };
  return logs
    .filter(({ perMinuteSince }) => perMinuteSince > 0)
    .sort((left, right) => telling(right) - telling(left) || compare(left.template, right.template))
    .slice(0, room);
};

const countMerchantsHurt = (logs: readonly Omit<LogEvidence, 'id'>[]): number =>
  new Set(logs.filter(({ level }) => level === 'error' || level === 'warn').flatMap(({ merchants }) => merchants)).size;

/** Drops the oldest samples of every window, then the least telling items, until the bundle fits. */
const withinBytes = (bundle: EvidenceBundle): EvidenceBundle => {
  let fitted = bundle;
  for (let keep = 60; size(fitted) > maximumBytes && keep >= 15; keep = Math.floor(keep / 2)) {
    const most = keep;
    fitted = {
      ...fitted,
      items: fitted.items.map((item) =>
        item.type === 'metric' ? { ...item, window: item.window.slice(-most) } : item,
      ),
    };
  }
  while (size(fitted) > maximumBytes && fitted.items.length > 1) {
    const last = fitted.items.findLastIndex(({ type }) => type === 'metric' || type === 'log');
    fitted = { ...fitted, items: fitted.items.filter((_, index) => index !== Math.max(last, 0)) };
  }
  return fitted;
};

const size = (bundle: EvidenceBundle): number => JSON.stringify(bundle).length;
