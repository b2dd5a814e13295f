import { describeSeries } from '../../lambdas/adapters/describe-series.ts';
import type { SeriesId } from '../../lambdas/domain/ids.ts';
import type { Sample, Series } from '../../lambdas/domain/signal/series.ts';
import type { Topology } from '../../lambdas/domain/topology/topology.ts';
import { unconnectedTopology } from '../../lambdas/domain/topology/unconnected-topology.ts';
import type { Telemetry } from '../../lambdas/ports/telemetry.ts';

const serviceMetrics = ['RequestCount', 'ErrorCount', 'LatencyP95', 'TimeoutCount', 'QueueAge'] as const;
const instanceMetrics = [
  'CpuUtilization',
  'MemoryUtilization',
  'DiskUtilization',
  'ConnectionUtilization',
  'Heartbeat',
];
const instances = ['a', 'b', 'c'] as const;
const seriesOfService = serviceMetrics.length + instances.length * instanceMetrics.length;

export type MadeUpFleet = {
  readonly series: readonly Series[];
  readonly topology: Topology;
  readonly telemetry: Telemetry;
};

/**
 * So many series of services in chains of ten, each with a daily rhythm and noise that follow from its
 * number and the time alone. From `troubleFrom` on, epoch milliseconds, every hundredth service answers slowly and fails.
 */
export function madeUpFleet(wanted: number, troubleFrom: number): MadeUpFleet {
  const services = Math.ceil(wanted / seriesOfService);
  const series = Array.from({ length: services }, (_, index) => seriesOf(index))
    .flat()
    .slice(0, wanted);
  const numbers = new Map<SeriesId, number>(series.map(({ id }, index) => [id, index]));
  return {
    series,
    topology: topologyOf(series),
    telemetry: {
      listSeries: async () => series,
      readSamples: async ({ series: asked, from, to, periodSeconds }) => {
        const read = new Map<SeriesId, readonly Sample[]>();
        for (const one of asked) {
          const number = numbers.get(one.id) ?? 0;
          const samples: Sample[] = [];
          for (let at = from; at < to; at += periodSeconds * 1000) {
            samples.push({ at, value: measured(one, number, at, periodSeconds, at >= troubleFrom) });
          }
          read.set(one.id, samples);
        }
        return read;
      },
      readLogs: async ({ from }) => ({ lines: [], readFrom: from, end: 'all' }),
      followLogs: async ({ to }) => ({ lines: [], readTo: to }),
      readChanges: async () => [],
    },
  };
}

const nameOf = (service: number): string => `service-${String(service).padStart(4, '0')}`;

function seriesOf(service: number): readonly Series[] {
  const own = { name: 'Service', value: nameOf(service) };
  const ofService = serviceMetrics.map((metric) => ({ namespace: 'Made/Service', metric, dimensions: [own] }));
  const ofInstances = instances.flatMap((one) =>
    instanceMetrics.map((metric) => ({
      namespace: 'Made/Instance',
      metric,
      dimensions: [own, { name: 'Instance', value: `${nameOf(service)}-${one}` }],
    })),
  );
  return [...ofService, ...ofInstances].map((one) => describeSeries(one)).filter((one) => one !== null);
}

function measured(
  { role, statistic }: Series,
  number: number,
  at: number,
  periodSeconds: number,
  late: boolean,
): number {
  const day = Math.sin((at / 86_400_000) * 2 * Math.PI + number);
  const noise = unit(number * 7919 + Math.floor(at / 1000)) - 0.5;
  const perPeriod = statistic === 'Sum' || statistic === 'SampleCount' ? periodSeconds / 60 : 1;
  const troubled = late && Math.floor(number / seriesOfService) % 100 === 0;
  if (role === 'heartbeat') return perPeriod;
  if (role === 'errors' || role === 'timeouts') return perPeriod * (troubled ? 200 : unit(number + at) < 0.02 ? 1 : 0);
  const level = role === 'requests' ? 600 : 40;
  const slower = troubled && role === 'latency' ? 8 : 1;
  return perPeriod * slower * (level + 0.3 * level * day + 0.1 * level * noise);
}

/** A number of [0, 1) that follows from another one. */
function unit(seed: number): number {
  let mixed = Math.imul(seed ^ 0x9e3779b9, 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return ((mixed ^ (mixed >>> 16)) >>> 0) / 2 ** 32;
}

/** What names of series tell, and who calls whom. */
function topologyOf(series: readonly Series[]): Topology {
  const topology = unconnectedTopology(series, 0);
  const names = topology.services.map(({ name }) => name);
  const services = topology.services.map((service, index) => ({
    ...service,
    dependsOn: index % 10 === 9 ? [] : names.slice(index + 1, index + 2),
  }));
  return { ...topology, operable: true, services };
}
