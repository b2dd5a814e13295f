import type { Change, LogLine } from '../../contract/target-api.ts';
import { instanceIdOf, serviceNameOf } from './branded-names.ts';
import { type InstanceMetric, MetricSums, type PublishedMetric, type ServiceMetric } from './metric-sums.ts';
import { hash, hexadecimal } from './random.ts';

export type Published = {
  readonly metrics: readonly PublishedMetric[];
  readonly logs: readonly LogLine[];
  readonly changes: readonly Change[];
};

/** How much of what the platform would publish is made: all, or without log lines, or nothing but the change log. */
export type PublishExtent = 'all' | 'metrics' | 'changes';

type Exit = { readonly service: number; readonly instance: string; readonly outOfMemory: boolean };

/** Collects what one call of `advance` publishes. */
export class Recorder {
  readonly changes: Change[] = [];
  readonly logs: LogLine[] = [];
  private readonly sums: MetricSums | null;
  private exits: Exit[] = [];
  readonly seed: number;
  readonly extent: PublishExtent;

  constructor(seed: number, extent: PublishExtent) {
    this.seed = seed;
    this.extent = extent;
    this.sums = extent === 'changes' ? null : new MetricSums();
  }

  service(service: number, metric: ServiceMetric, value: number): void {
    this.sums?.addOfService(service, metric, value);
  }

  instance(entity: number, metric: InstanceMetric, value: number): void {
    this.sums?.addOfInstance(entity, metric, value);
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
  metrics(at: number): readonly PublishedMetric[] {
    return this.sums?.published(at) ?? [];
  }
}
