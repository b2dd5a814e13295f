import type { Evidence, EvidenceBundle, LogEvidence, MetricEvidence } from '../diagnosis/evidence.ts';
import { riseOfLog } from '../diagnosis/log-rise.ts';
import type { EvidenceId, InstanceId, ServiceName } from '../ids.ts';
import type { MetricRole } from '../signal/series.ts';
import type { Service, Topology } from '../topology/topology.ts';
import { type Topic, topicsOf } from './vocabulary.ts';

export type ChangeEvidence = Extract<Evidence, { type: 'change' }> & {
  /** Not before the trouble, but for a period or two. */
  readonly sinceOnset: boolean;
};
type PastEvidence = Extract<Evidence, { type: 'pastIncident' }>;

export type RisenLog = {
  readonly item: LogEvidence;
  readonly topics: ReadonlySet<Topic>;
  /** 0 (as often as before) to 1 (new, or eight times as often). */
  readonly rise: number;
};

export type InstanceView = {
  readonly id: InstanceId;
  readonly zone: string | null;
  readonly metric: (role: MetricRole) => MetricEvidence | undefined;
};

/** All evidence on one service, arranged for asking about it. */
export type ServiceView = {
  readonly name: ServiceName;
  readonly service: Service | undefined;
  readonly metric: (role: MetricRole) => MetricEvidence | undefined;
  readonly instances: readonly InstanceView[];
  readonly logs: readonly RisenLog[];
  readonly changes: readonly ChangeEvidence[];
  readonly past: readonly PastEvidence[];
};

export type SystemView = {
  readonly onset: number;
  readonly frozenAt: number;
  readonly periodSeconds: number;
  readonly topology: { readonly id: EvidenceId; readonly topology: Topology } | null;
  readonly services: readonly ServiceView[];
  readonly find: (name: string) => ServiceView | undefined;
};

export const viewSystem = (bundle: EvidenceBundle): SystemView => {
  const topology = bundle.items.find((item) => item.type === 'topology') ?? null;
  const names = new Set<ServiceName>(topology?.topology.services.map(({ name }) => name) ?? []);
  for (const item of bundle.items) {
    if (item.type === 'metric' || item.type === 'log') {
      names.add(item.service);
    }
  }
  const services = [...names].sort().map((name) => viewService(bundle, name, topology?.topology ?? null));
  const byName = new Map<string, ServiceView>(services.map((view) => [view.name, view]));
  return {
    onset: bundle.onset,
    frozenAt: bundle.frozenAt,
    periodSeconds: bundle.periodSeconds,
    topology,
    services,
    find: (name) => byName.get(name),
  };
};

const viewService = (bundle: EvidenceBundle, name: ServiceName, topology: Topology | null): ServiceView => {
  const service = topology?.services.find((each) => each.name === name);
  const metrics = bundle.items.filter((item) => item.type === 'metric').filter((item) => item.service === name);
  // The series of an instance that the platform has taken away have ended with it and mean nothing.
  const instanceIds = new Set<InstanceId>(
    service?.instances.map(({ id }) => id) ?? metrics.flatMap(({ instance }) => instance ?? []),
  );
  return {
    name,
    service,
    metric: byRole(metrics.filter(({ instance }) => instance === null)),
    instances: [...instanceIds].sort().map((id) => ({
      id,
      zone: service?.instances.find((instance) => instance.id === id)?.zone ?? null,
      metric: byRole(metrics.filter(({ instance }) => instance === id)),
    })),
    logs: bundle.items
      .filter((item) => item.type === 'log')
      .filter((item) => item.service === name)
      .map((item) => ({
        item,
        topics: topicsOf(item.template),
        rise: riseOfLog(item, (bundle.frozenAt - bundle.onset) / 60_000),
      }))
      .filter(({ rise }) => rise > 0),
    changes: bundle.items
      .filter((item) => item.type === 'change')
      .filter(({ change }) => change.service === name)
      .map((item) => ({ ...item, sinceOnset: item.change.at >= bundle.onset - 2000 * bundle.periodSeconds })),
    past: bundle.items.filter((item) => item.type === 'pastIncident').filter((item) => item.service === name),
  };
};

/** The strongest series of a role, should several stand for it. */
const byRole = (metrics: readonly MetricEvidence[]): ((role: MetricRole) => MetricEvidence | undefined) => {
  const map = new Map<MetricRole, MetricEvidence>();
  for (const item of metrics) {
    const known = map.get(item.role);
    if (known === undefined || (known.direction === null && item.direction !== null)) {
      map.set(item.role, item);
    }
  }
  return (role) => map.get(role);
};
