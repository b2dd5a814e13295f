import type { MetricRole, Sample, SamplesBySeries, Series } from '../../lambdas/domain/signal/series.ts';
import type { Service } from '../../lambdas/domain/topology/topology.ts';
import type { Clock } from '../../lambdas/ports/clock.ts';
import type { Incidents } from '../../lambdas/ports/incidents.ts';
import type { Target } from '../../lambdas/ports/target.ts';
import type { Telemetry } from '../../lambdas/ports/telemetry.ts';

export type ServiceReading = {
  readonly name: string;
  readonly running: number;
  readonly wanted: number;
  readonly version: string;
  /** Null where there is no such metric, or no sample yet. */
  readonly requestsPerSecond: number | null;
  readonly errorPercent: number | null;
  /** Milliseconds. */
  readonly latencyP95: number | null;
  /** Percent, of the busiest instance. */
  readonly cpu: number | null;
  readonly memory: number | null;
  readonly disk: number | null;
  /** State of the incident that lives on the service. */
  readonly incident: string | null;
};

export type FleetReading = {
  /** Start of the newest period with samples, epoch milliseconds. */
  readonly periodStart: number;
  readonly periodSeconds: number;
  readonly services: readonly ServiceReading[];
};

type Sources = {
  readonly clock: Clock;
  readonly target: Target;
  readonly telemetry: Telemetry;
  readonly incidents: Incidents;
};

const shownRoles: readonly MetricRole[] = ['requests', 'errors', 'latency', 'cpu', 'memory', 'disk'];

/** The fleet as anyone with read access to the platform and to CloudWatch sees it. */
export const readFleet = async (from: Sources, periodSeconds: number): Promise<FleetReading> => {
  const period = periodSeconds * 1000;
  const end = Math.floor(from.clock.now() / period) * period;
  const [topology, series, locked] = await Promise.all([
    from.target.describe(),
    from.telemetry.listSeries(),
    from.incidents.listLocked(),
  ]);
  const shown = series.filter((candidate) => shownRoles.includes(candidate.role));
  const samples = await from.telemetry.readSamples({ series: shown, from: end - 12 * period, to: end, periodSeconds });
  const newest = Math.max(end - 12 * period, ...[...samples.values()].flat().map((sample) => sample.at));
  return {
    periodStart: newest,
    periodSeconds,
    services: topology.services.map((service) => {
      const living = locked.find((incident) => incident.service === service.name);
      const own = shown.filter((candidate) => candidate.service === service.name);
      return { ...readService(service, own, samples, newest, periodSeconds), incident: living?.state ?? null };
    }),
  };
};

const readService = (
  service: Service,
  series: readonly Series[],
  samples: SamplesBySeries,
  at: number,
  periodSeconds: number,
): Omit<ServiceReading, 'incident'> => {
  const values = (role: MetricRole): readonly number[] => {
    const ofRole = series.filter((candidate) => candidate.role === role);
    const ofService = ofRole.filter((candidate) => candidate.instance === null);
    return (ofService.length > 0 ? ofService : ofRole).flatMap((candidate) => {
      const sample = newestOf(samples.get(candidate.id), at);
      return sample === null ? [] : [sample.value];
    });
  };
  const total = (role: MetricRole): number | null =>
    reduced(values(role), (all) => all.reduce((sum, one) => sum + one, 0));
  const highest = (role: MetricRole): number | null => reduced(values(role), (all) => Math.max(...all));
  const requests = total('requests');
  const errors = total('errors');
  return {
    name: service.name,
    running: service.instances.filter((instance) => instance.state === 'running').length,
    wanted: service.desired.instanceCount,
    version: service.desired.version,
    requestsPerSecond: requests === null ? null : requests / periodSeconds,
    errorPercent: requests === null || errors === null ? null : requests === 0 ? 0 : (100 * errors) / requests,
    latencyP95: highest('latency'),
    cpu: highest('cpu'),
    memory: highest('memory'),
    disk: highest('disk'),
  };
};

const newestOf = (samples: readonly Sample[] | undefined, at: number): Sample | null =>
  samples?.find((sample) => sample.at === at) ?? null;

const reduced = (values: readonly number[], reduce: (values: readonly number[]) => number): number | null =>
  values.length === 0 ? null : reduce(values);
