import { type Evidence, type EvidenceBundle, evidenceBundleSchema } from '../../lambdas/domain/diagnosis/evidence.ts';
import { incidentIdSchema, instanceIdSchema, serviceNameSchema } from '../../lambdas/domain/ids.ts';
import { type Incident, incidentSchema } from '../../lambdas/domain/incident/incident.ts';
import type { MetricRole } from '../../lambdas/domain/signal/series.ts';
import { type Service, serviceSchema, type Topology } from '../../lambdas/domain/topology/topology.ts';

export const start = Date.UTC(2026, 2, 3, 10, 0, 0);
export const incidentId = incidentIdSchema.parse('01J9ZQ5T9E8Y7W6V5T4S3R2Q1P');
export const serviceName = (name: string) => serviceNameSchema.parse(name);
export const instanceId = (id: string) => instanceIdSchema.parse(id);

/** A service with everything that any runbook needs. */
export const aService = (name: string, change: Partial<Service> = {}): Service =>
  serviceSchema.parse({
    name,
    kind: 'service',
    dependsOn: [],
    hasStandby: false,
    jobs: ['nightly-report'],
    desired: {
      instanceCount: 3,
      version: 'v2',
      configRevision: 'c2',
      cacheLimitMegabytes: null,
      volumeGigabytes: 40,
      connectionPoolSize: 10,
      admittedShare: 1,
      pausedJobs: [],
      drainedZones: [],
      failedOverDependencies: [],
      credential: 'key-1',
      quarantinedMessages: [],
    },
    previousVersions: ['v1', 'v0'],
    previousConfigRevisions: ['c1'],
    instances: ['one', 'two', 'three'].map((suffix, index) => ({
      id: `${name}-${suffix}`,
      zone: index % 2 === 0 ? 'east' : 'west',
      state: 'running',
      version: 'v2',
      startedAt: start - 86_400_000,
    })),
    ...change,
  });

/** front calls middle, middle calls store. */
export const aTopology = (change: Partial<Record<'front' | 'middle' | 'store', Partial<Service>>> = {}): Topology => ({
  at: start,
  zones: ['east', 'west'],
  services: [
    aService('front', { kind: 'gateway', dependsOn: [serviceName('middle')], ...change.front }),
    aService('middle', { dependsOn: [serviceName('store')], ...change.middle }),
    aService('store', { kind: 'database', hasStandby: true, ...change.store }),
  ],
});

export const anIncident = (change: Record<string, unknown> = {}): Incident =>
  incidentSchema.parse({
    id: incidentId,
    kind: 'observed',
    state: 'diagnosing',
    version: 2,
    service: 'middle',
    services: ['middle', 'front'],
    family: 'middle:latency',
    onset: start,
    openedAt: start + 20_000,
    updatedAt: start + 20_000,
    closedAt: null,
    merchantsHurt: null,
    attempt: 0,
    title: 'Latency at middle',
    yardstickKey: 'incidents/x/yardsticks.json',
    evidenceKey: null,
    series: [],
    closing: null,
    ...change,
  });

type Numbered<T> = T extends { id: unknown } ? Omit<T, 'id'> : never;

export const aBundle = (items: readonly Numbered<Evidence>[], topology: Topology = aTopology()): EvidenceBundle =>
  evidenceBundleSchema.parse({
    incidentId,
    frozenAt: start + 60_000,
    onset: start,
    periodSeconds: 5,
    items: [{ type: 'topology', topology }, ...items].map((item, index) => ({ ...item, id: `E${index + 1}` })),
  });

type MetricShape = {
  readonly service: string;
  readonly instance?: string;
  readonly role: MetricRole;
  readonly before: number;
  readonly now: number;
  /** Default `step`: at onset. A `climb` has gone on since five minutes before. */
  readonly shape?: 'step' | 'climb';
  /** Seconds after onset at which it left its band. */
  readonly after?: number;
};

/** A series from five minutes before onset to one minute after. */
export const aMetric = ({ service, instance, role, before, now, shape = 'step', after = 0 }: MetricShape) => {
  const window = Array.from({ length: 72 }, (_, index): [number, number] => {
    const at = start - 300_000 + index * 5000;
    const wobble = Math.abs(before) * 0.01 * (((index * 7919) % 5) - 2);
    const progress = shape === 'climb' ? index / 71 : at >= start + after * 1000 ? 1 : 0;
    return [at, before + (now - before) * progress + wobble];
  });
  const half = Math.max(Math.abs(before) * 0.1, 0.5);
  const direction = now > before + half ? ('above' as const) : now < before - half ? ('below' as const) : null;
  return {
    type: 'metric' as const,
    service: serviceName(service),
    instance: instance === undefined ? null : instanceId(instance),
    metric: role,
    role,
    direction,
    band: { low: before - half, high: before + half },
    before: shape === 'climb' ? before + (now - before) * 0.4 : before,
    now,
    peak: now,
    onset: direction === null ? null : start + after * 1000,
    slopePerMinute: null,
    window,
  };
};

type LogShape = {
  readonly service: string;
  readonly template: string;
  readonly level?: 'error' | 'warn' | 'info';
  readonly recurring?: readonly { value: string; share: number }[];
  readonly before?: number;
  readonly since?: number;
};

export const aLog = ({ service, template, level = 'error', recurring = [], before = 0, since = 30 }: LogShape) => ({
  type: 'log' as const,
  service: serviceName(service),
  template,
  level,
  perMinuteBefore: before,
  perMinuteSince: since,
  instances: [],
  merchants: [],
  firstSeen: start,
  recurring: [...recurring],
  sample: template,
  addressing: [],
});
