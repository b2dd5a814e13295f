import { type MetricName, metricMeanings } from '../../contract/metrics.ts';
import type { Change, LogLine } from '../../contract/target-api.ts';
import { type InstanceId, instanceIdSchema, type ServiceName, serviceNameSchema } from '../../contract/target-api.ts';
import { hash, hexadecimal } from './random.ts';
import { designs, instanceEntity, instanceName, serviceNames, zones } from './services.ts';

/** One value of one series for one published period. */
export type PublishedMetric = {
  readonly metric: MetricName;
  readonly service: ServiceName;
  /** Null for a series of the service as a whole. */
  readonly instance: InstanceId | null;
  /** Start of the period, epoch milliseconds. */
  readonly at: number;
  /** What the metric's own statistic reads over the period; for a heartbeat, how many beats there were. */
  readonly value: number;
  /** Number of 5 s sub-steps behind it. */
  readonly weight: number;
};

export type Published = {
  readonly metrics: readonly PublishedMetric[];
  readonly logs: readonly LogLine[];
  readonly changes: readonly Change[];
};

/** How much of what the platform would publish is made: all, or without log lines, or nothing but the change log. */
export type PublishExtent = 'all' | 'metrics' | 'changes';

const names: readonly ServiceName[] = serviceNames.map((name) => serviceNameSchema.parse(name));
const instanceIds = new Map<string, InstanceId>();

/** The name as the platform's API spells it. */
export function serviceNameOf(index: number): ServiceName {
  const name = names[index];
  if (name === undefined) throw new RangeError(`no service ${index}`);
  return name;
}

export function instanceIdOf(id: string): InstanceId {
  let parsed = instanceIds.get(id);
  if (parsed === undefined) {
    parsed = instanceIdSchema.parse(id);
    instanceIds.set(id, parsed);
  }
  return parsed;
}

const serviceMetrics = [
  'RequestCount',
  'ErrorCount',
  'LatencyP95',
  'TimeoutCount',
  'RetryCount',
  'RunningInstances',
  'QueueDepth',
  'QueueAge',
  'ConnectionUtilization',
  'CacheHitRate',
] as const satisfies readonly MetricName[];

const instanceMetrics = [
  'CpuUtilization',
  'MemoryUtilization',
  'DiskUtilization',
  'GarbageCollectionPause',
  'RequestCount',
  'ErrorCount',
  'LatencyP95',
  'Heartbeat',
  'RestartCount',
  'ConnectionUtilization',
] as const satisfies readonly MetricName[];

export type ServiceMetric = (typeof serviceMetrics)[number];
export type InstanceMetric = (typeof instanceMetrics)[number];

const serviceColumn = new Map<string, number>(serviceMetrics.map((name, index) => [name, index]));
const instanceColumn = new Map<string, number>(instanceMetrics.map((name, index) => [name, index]));
const instanceRows = 100 + designs.length * 32;

type Exit = { readonly service: number; readonly instance: string; readonly outOfMemory: boolean };

/** Collects what one call of `advance` publishes. */
export class Recorder {
  readonly changes: Change[] = [];
  readonly logs: LogLine[] = [];
  private readonly serviceSums = new Float64Array(designs.length * serviceMetrics.length);
  private readonly serviceCounts = new Float64Array(designs.length * serviceMetrics.length);
  private readonly instanceSums: Float64Array;
  private readonly instanceCounts: Float64Array;
  private exits: Exit[] = [];
  readonly seed: number;
  readonly extent: PublishExtent;

  constructor(seed: number, extent: PublishExtent) {
    this.seed = seed;
    this.extent = extent;
    const length = extent === 'changes' ? 0 : instanceRows * instanceMetrics.length;
    this.instanceSums = new Float64Array(length);
    this.instanceCounts = new Float64Array(length);
  }

  service(service: number, metric: ServiceMetric, value: number): void {
    if (this.extent === 'changes') return;
    const column = service * serviceMetrics.length + (serviceColumn.get(metric) ?? 0);
    add(this.serviceSums, this.serviceCounts, column, value, metric);
  }

  instance(entity: number, metric: InstanceMetric, value: number): void {
    if (this.extent === 'changes') return;
    const column = entity * instanceMetrics.length + (instanceColumn.get(metric) ?? 0);
    add(this.instanceSums, this.instanceCounts, column, value, metric);
  }

  /** Within the 5 s from `at`; `salt` tells apart two changes of one service and moment. */
  change(
    at: number,
    service: number,
    change: {
      readonly kind: Change['kind'];
      readonly actor: string;
      readonly summary: string;
      readonly instance?: string;
      readonly from?: string;
      readonly to?: string;
    },
    salt: number,
  ): void {
    const step = Math.floor(at / 5000);
    this.changes.push({
      id: `chg-${hexadecimal(8, this.seed, service, step, salt)}`,
      at: at + (hash(this.seed, service, step, salt + 1) % 5000),
      service: serviceNameOf(service),
      instance: change.instance === undefined ? null : instanceIdOf(change.instance),
      kind: change.kind,
      actor: change.actor,
      from: change.from ?? null,
      to: change.to ?? null,
      summary: change.summary,
    });
  }

  log(at: number, service: number, instance: string | null, message: string): void {
    this.logs.push({
      at,
      service: serviceNameOf(service),
      instance: instance === null ? null : instanceIdOf(instance),
      message,
    });
  }

  /** A process that went down by itself in this sub-step. */
  exited(service: number, instance: string, outOfMemory: boolean): void {
    if (this.extent === 'all') this.exits.push({ service, instance, outOfMemory });
  }

  takeExits(): readonly Exit[] {
    if (this.exits.length === 0) return this.exits;
    const { exits } = this;
    this.exits = [];
    return exits;
  }

  /** Every series with a value in the period that starts at `at`. */
  metrics(at: number): PublishedMetric[] {
    const published: PublishedMetric[] = [];
    if (this.extent === 'changes') return published;
    for (let s = 0; s < designs.length; s += 1) {
      const service = serviceNameOf(s);
      for (let column = 0; column < serviceMetrics.length; column += 1) {
        const metric = serviceMetrics[column];
        const at_ = s * serviceMetrics.length + column;
        const weight = this.serviceCounts[at_] ?? 0;
        if (metric === undefined || weight === 0) continue;
        published.push({
          metric,
          service,
          instance: null,
          at,
          value: reading(metric, this.serviceSums[at_] ?? 0, weight),
          weight,
        });
      }
      for (const zone of zones) {
        for (let slot = 1; slot < 16; slot += 1) {
          const row = instanceEntity(s, zone, slot) * instanceMetrics.length;
          for (let column = 0; column < instanceMetrics.length; column += 1) {
            const weight = this.instanceCounts[row + column] ?? 0;
            const metric = instanceMetrics[column];
            if (metric === undefined || weight === 0) continue;
            published.push({
              metric,
              service,
              instance: instanceIdOf(instanceName(serviceNames[s] ?? 'edge-gateway', zone, slot)),
              at,
              value: reading(metric, this.instanceSums[row + column] ?? 0, weight),
              weight,
            });
          }
        }
      }
    }
    return published;
  }
}

function add(sums: Float64Array, counts: Float64Array, column: number, value: number, metric: MetricName): void {
  const sum = sums[column] ?? 0;
  sums[column] = metricMeanings[metric].statistic === 'Maximum' ? Math.max(sum, value) : sum + value;
  counts[column] = (counts[column] ?? 0) + 1;
}

function reading(metric: MetricName, sum: number, count: number): number {
  switch (metricMeanings[metric].statistic) {
    case 'Average':
      return round(sum / count);
    case 'SampleCount':
      return count;
    default:
      return round(sum);
  }
}

/** Platforms publish a few digits, not all of a double. */
const round = (value: number): number => Math.round(value * 1000) / 1000;
