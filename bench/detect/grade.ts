import { callGraph } from '../../lambdas/domain/incident/call-graph.ts';
import { type ActiveFault, truthOf } from '../../lambdas/workload/faults/definition.ts';
import { detects, isFalse } from '../../scripts/scenario/match-incidents.ts';
import { isHarmless } from './draw-runs.ts';
import { type OnsetKind, onsetKindOf } from './onset-kind.ts';
import type { WatchedRun } from './watch-shop.ts';

export type GradedFault = {
  readonly cause: string;
  readonly service: string;
  readonly severity: number;
  readonly onset: OnsetKind;
  /** From injection to the first incident at its service or at a caller of it; null where there is none. */
  readonly detectedAfterSeconds: number | null;
  /** The first incident of the two names the service that the fault is in. */
  readonly rootRight: boolean;
  /** Any incident does. */
  readonly named: boolean;
  /** From injection until the shop hurts; null where it never does within the run. */
  readonly hurtAfterSeconds: number | null;
};

export type GradedRun = {
  readonly name: string;
  readonly faults: readonly GradedFault[];
  /** Opened since the first fault: where, and how long after it. */
  readonly incidents: readonly { readonly service: string; readonly afterSeconds: number; readonly title: string }[];
  /** Opened where no fault at work reaches, or before there was one. */
  readonly falseIncidents: number;
  /** As many incidents as faults, one at the service of each. */
  readonly partedRight: boolean;
  /** Whether one fault's service calls the other's, through others or not; false for a lone fault. */
  readonly onOnePath: boolean;
  /** An incident names the service of the release without harm. */
  readonly releaseBlamed: boolean;
};

export const gradeRun = ({ plan, topology, incidents, hurtAt }: WatchedRun): GradedRun => {
  const real = plan.faults.filter((fault) => !isHarmless(fault));
  const begun = Math.min(...plan.faults.map(({ startedAt }) => startedAt));
  const since = incidents.filter(({ openedAt }) => openedAt >= begun);
  const services = real.map((fault) => truthOf(fault).service);
  const release = plan.faults.find(isHarmless);
  return {
    name: plan.name,
    faults: real.map((fault) => gradeFault(fault, { plan, topology, incidents, hurtAt })),
    incidents: since.map(({ service, openedAt, title }) => ({
      service,
      afterSeconds: (openedAt - begun) / 1000,
      title,
    })),
    falseIncidents: incidents.filter((incident) => isFalse(incident, real, topology)).length,
    partedRight:
      since.length === services.length && services.every((wanted) => since.some(({ service }) => service === wanted)),
    onOnePath: isOnOnePath(plan.faults, topology),
    releaseBlamed: release !== undefined && since.some(({ service }) => service === truthOf(release).service),
  };
};

const gradeFault = (fault: ActiveFault, { topology, incidents, hurtAt }: WatchedRun): GradedFault => {
  const { service } = truthOf(fault);
  const own = incidents.filter((incident) => detects(incident, fault, topology));
  const [first] = own;
  return {
    cause: fault.definition.cause,
    service,
    severity: fault.severity,
    onset: onsetKindOf(fault),
    detectedAfterSeconds: first === undefined ? null : (first.openedAt - fault.startedAt) / 1000,
    rootRight: first?.service === service,
    named: own.some((incident) => incident.service === service),
    hurtAfterSeconds: hurtAt === null ? null : (hurtAt - fault.startedAt) / 1000,
  };
};

const isOnOnePath = (faults: readonly ActiveFault[], topology: WatchedRun['topology']): boolean => {
  const graph = callGraph(topology);
  const known = topology.services.map(({ name }) => name);
  const [one, other] = faults.map((fault) => known.find((name) => name === truthOf(fault).service));
  return (
    one !== undefined && other !== undefined && (graph.callersOf(one).has(other) || graph.callersOf(other).has(one))
  );
};
