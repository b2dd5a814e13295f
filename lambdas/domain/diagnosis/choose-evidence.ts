import type { SeriesId, ServiceName } from '../ids.ts';
import type { Yardstick } from '../incident/incident.ts';
import type { MetricRole } from '../signal/series.ts';
import type { LogEvidence, MetricEvidence } from './evidence.ts';
import type { EvidenceSources } from './evidence-sources.ts';
import { describeMetric } from './metric-evidence.ts';

const maximumMetrics = 110;
/** Trouble that reaches many services shows in a few new kinds of line of each of them. */
const logRoom = { perService: 4, least: 24, most: 60 } as const;

/** Quiet series worth having: without them "only this one" and "demand did not change" cannot be said. */
const controlRoles: readonly MetricRole[] = ['requests', 'errors', 'latency', 'cpu', 'memory', 'disk', 'connections'];

/** The most telling series, first those near the incident that moved. */
export const chooseMetrics = (
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

/** The patterns of lines that rose most, errors and what is near before others. */
export const chooseLogs = (
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
