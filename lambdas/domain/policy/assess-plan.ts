import type { RemediationPlan } from '../plan/plan.ts';
import { catalogue } from '../runbooks/catalogue.ts';
import { findService } from '../runbooks/find-in-topology.ts';
import type { BlastRadius, Risk } from '../runbooks/runbook.ts';
import { risks } from '../runbooks/runbook.ts';
import type { Topology } from '../topology/topology.ts';

export type PlanAssessment = {
  /** The highest risk of any step, raised by its blast radius. */
  readonly risk: Risk;
  /** True when any step cannot be taken back. */
  readonly irreversible: boolean;
  /** Services that the steps change. */
  readonly services: readonly string[];
  /** Why steps cannot be carried out on this topology; empty when all can. */
  readonly refusals: readonly string[];
};

/** More than this share of a service's capacity out of use at once, or of its calls turned away, is too much. */
const criticalCapacityShare = 0.5;
/** Two of three instances may share a zone; taking that zone out is for a person to approve, not impossible. */
const criticalZoneShare = 0.7;

const worse = (left: Risk, right: Risk): Risk => (risks.indexOf(left) >= risks.indexOf(right) ? left : right);

/** A single instance of something stateful is all there is of it; elsewhere the last one out is one grade worse. */
const riskOfReach = (reach: BlastRadius, service: string, topology: Topology): Risk => {
  if (reach.scope === 'callers') {
    return reach.capacityShare > criticalCapacityShare ? 'critical' : 'low';
  }
  if (reach.scope === 'zone') {
    return reach.capacityShare > criticalZoneShare ? 'critical' : 'low';
  }
  if (reach.capacityShare <= criticalCapacityShare) {
    return 'low';
  }
  const stateful = ['database', 'cache'].includes(findService(topology, service)?.kind ?? 'service');
  return stateful ? 'critical' : 'high';
};

export const assessPlan = (plan: RemediationPlan, topology: Topology): PlanAssessment => {
  const refusals: string[] = [];
  const services = new Set<string>();
  let risk: Risk = 'low';
  let irreversible = false;
  for (const step of plan.steps) {
    const runbook = catalogue[step.runbook];
    const prepared = runbook.prepare(step.parameters, topology);
    risk = worse(risk, runbook.risk);
    irreversible ||= runbook.reversibility.kind === 'irreversible';
    if ('refused' in prepared) {
      refusals.push(prepared.refused);
    } else {
      services.add(prepared.operation.service);
      risk = worse(risk, riskOfReach(prepared.blastRadius, prepared.operation.service, topology));
    }
  }
  return { risk, irreversible, services: [...services], refusals };
};
