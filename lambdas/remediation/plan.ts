import type { PlanResult, RespondInput } from '../contract/state-machine.ts';
import { groundsOf } from '../domain/reasoning/plan-grounds.ts';
import { noControlSurface } from '../domain/topology/topology.ts';
import type { Archive } from '../ports/archive.ts';
import type { Clock } from '../ports/clock.ts';
import type { Incidents } from '../ports/incidents.ts';
import type { Transitions } from '../ports/transitions.ts';
import type { AskModel } from './ask/ask-model.ts';
import { challenged, isRisky } from './challenge.ts';
import { fileFirst, readConclusions } from './conclusions.ts';
import { findAttempt } from './live-incident.ts';
import { readEvidence } from './read-archived.ts';
import { ruledOutSoFar } from './ruled-out.ts';

export type PlanPorts = {
  readonly clock: Clock;
  readonly incidents: Pick<Incidents, 'get' | 'decisions' | 'actions'>;
  readonly transitions: Pick<Transitions, 'fileDecision'>;
  readonly archive: Pick<Archive, 'get'>;
  readonly askModel: Pick<AskModel, 'plan' | 'challenge'>;
};

/**
 * Has runbooks of the catalogue chosen for the diagnosis, and before a plan of medium risk or above a second opinion on
 * it; the plan is filed last, so that no risky plan is decided on without one. A plan that was filed already is not asked for again,
 * and of two calls that run side by side the first one's plan stands: what was decided on cannot be swapped.
 */
export const createPlan =
  ({ clock, incidents, transitions, archive, askModel }: PlanPorts) =>
  async ({ incidentId, attempt }: RespondInput, deadline = Number.POSITIVE_INFINITY): Promise<PlanResult> => {
    const incident = await findAttempt(incidents, { incidentId, attempt });
    if (incident?.state !== 'diagnosing') return { outcome: 'gone', reason: 'the incident is not being diagnosed' };
    const conclusions = await readConclusions(incidents, incidentId);
    if (conclusions.find('plan', attempt) !== null) return { outcome: 'planned', reason: 'it was on file' };

    const { diagnosis, provider: diagnosedBy } = conclusions.require('diagnosis', attempt);
    const bundle = await readEvidence(archive, incident);
    const ruledOut = ruledOutSoFar(attempt, conclusions, await incidents.actions(incidentId), bundle);
    const answer = await askModel.plan({ bundle, incident, ruledOut, diagnosis }, attempt, deadline);
    if (answer.outcome === 'unusable') {
      const operable = bundle.items.every((item) => item.type !== 'topology' || (item.topology.operable ?? true));
      return { outcome: 'unusable', reason: operable ? answer.reason : `${noControlSurface}; ${answer.reason}` };
    }
    const { value: plan, provider, fallback } = answer;
    const files = { incidents, transitions };
    const grounds = groundsOf(bundle, diagnosis, plan, ruledOut);
    if (isRisky(plan, bundle) && conclusions.find('challenge', attempt) === null) {
      const brief = { bundle, incident, ruledOut, diagnosis };
      const opinion = await challenged(askModel, brief, { attempt, deadline, diagnosedBy });
      await fileFirst(files, { incidentId, attempt, at: clock.now(), kind: 'challenge', ...opinion });
    }
    const filed = await fileFirst(files, {
      incidentId,
      attempt,
      at: clock.now(),
      kind: 'plan',
      plan,
      grounds,
      provider,
      fallback,
    });
    return { outcome: 'planned', reason: filed.plan.steps.map(({ runbook }) => runbook).join(', ') };
  };
