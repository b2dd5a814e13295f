import type { ActResult, RespondInput } from '../contract/state-machine.ts';
import type { ServiceName } from '../domain/ids.ts';
import type { Incident } from '../domain/incident/incident.ts';
import type { RemediationPlan } from '../domain/plan/plan.ts';
import type { RemediationAction } from '../domain/plan/remediation-action.ts';
import { limitReached } from '../domain/policy/decide.ts';
import type { PolicyLimits } from '../domain/policy/limits.ts';
import { catalogue } from '../domain/runbooks/catalogue.ts';
import type { Topology } from '../domain/topology/topology.ts';
import type { Clock } from '../ports/clock.ts';
import type { Incidents } from '../ports/incidents.ts';
import type { Leases } from '../ports/leases.ts';
import type { Target } from '../ports/target.ts';
import type { Transitions } from '../ports/transitions.ts';
import { holdServices, releaseServices } from '../shared/service-leases.ts';
import { carryOutStep } from './carry-out-step.ts';
import { readConclusions } from './conclusions.ts';
import { findAttempt, moveTo } from './live-incident.ts';
import { readPastActions } from './past-actions.ts';
import { permittedSince } from './permission.ts';

export type ActPorts = {
  readonly clock: Clock;
  readonly incidents: Pick<Incidents, 'get' | 'decisions' | 'approvals' | 'actions' | 'actionsSince'>;
  readonly transitions: Pick<Transitions, 'move' | 'intend' | 'finishAction'>;
  readonly leases: Leases;
  readonly target: Target;
};

/** How long an allowed plan waits for a service that another incident is working on. */
const busySeconds = 10 * 60;

/**
 * Carries out the plan as far as it goes in one call, without sleeping: the
 * machine waits and calls again while something is pending. What policy alone allowed is begun only within its limits:
 * a plan that waited for another incident to end does not begin in that one's cooldown.
 */
export const createAct =
  (ports: ActPorts, limits: PolicyLimits) =>
  async ({ incidentId, attempt }: RespondInput): Promise<ActResult> => {
    const incident = await findAttempt(ports.incidents, { incidentId, attempt });
    if (incident === null || incident.state === 'verifying') {
      return { outcome: 'gone', reason: 'the incident is not at the step of acting' };
    }
    const conclusions = await readConclusions(ports.incidents, incidentId);
    const permitted = await permittedSince(ports.incidents, incident, conclusions);
    if (permitted === null) return { outcome: 'refused', reason: 'neither policy nor a person allowed the plan' };

    const { plan } = conclusions.require('plan', attempt);
    const topology = await ports.target.describe();
    const actions = (await ports.incidents.actions(incidentId)).filter((action) => action.attempt === attempt);
    const now = ports.clock.now();
    const services = servicesOf(plan, topology, actions);
    const lease = await holdServices(ports.leases, incidentId, services, now);
    if (!lease.held) return busy(lease.busy, now - permitted);
    const byPolicyAlone = conclusions.require('decision', attempt).decision.authority === 'auto';
    if (byPolicyAlone && incident.state !== 'remediating') {
      const history = await readPastActions(ports.incidents, now);
      const reached = limitReached({ plan, topology, incident, limits, history, now });
      if (reached !== null) {
        await releaseServices(ports.leases, incidentId, services, now);
        return { outcome: 'refused', reason: `since policy allowed the plan, ${reached}` };
      }
    }

    const acting =
      incident.state === 'remediating'
        ? incident
        : await moveTo(ports, incident, 'remediating', `acting: ${plan.summary}`);
    if (acting === null) return { outcome: 'gone', reason: 'the incident was moved meanwhile' };
    return carryOut(ports, acting, plan, topology, actions);
  };

const carryOut = async (
  ports: ActPorts,
  incident: Incident,
  plan: RemediationPlan,
  topology: Topology,
  actions: readonly RemediationAction[],
): Promise<ActResult> => {
  for (const [index, step] of plan.steps.entries()) {
    const filed = actions.find(({ stepIndex }) => stepIndex === index);
    const progress = await carryOutStep(ports, { incident, topology }, step, index, filed);
    switch (progress.state) {
      case 'done':
        continue;
      case 'pending':
        return { outcome: 'pending', reason: `${step.runbook} is under way` };
      case 'failed':
        return { outcome: 'failed', reason: `${step.runbook}: ${progress.reason}`.slice(0, 500) };
    }
  }
  return { outcome: 'done', reason: plan.steps.map(({ runbook }) => runbook).join(', ') };
};

/** The services that the plan changes: of steps under way from their rows, of the others from the topology. */
const servicesOf = (
  plan: RemediationPlan,
  topology: Topology,
  actions: readonly RemediationAction[],
): readonly ServiceName[] =>
  plan.steps.flatMap(({ runbook, parameters }, index) => {
    const filed = actions.find(({ stepIndex }) => stepIndex === index);
    if (filed !== undefined) return [filed.operation.service];
    const prepared = catalogue[runbook].prepare(parameters, topology);
    return 'refused' in prepared ? [] : [prepared.operation.service];
  });

const busy = (service: ServiceName, waitedMilliseconds: number): ActResult =>
  waitedMilliseconds < busySeconds * 1000
    ? { outcome: 'busy', reason: `another incident is being remediated on ${service}` }
    : { outcome: 'refused', reason: `${service} was busy with another remediation for ${busySeconds / 60} minutes` };
