import { createBuiltinModel } from '../../../lambdas/adapters/llm/builtin-model.ts';
import { memoryArchive } from '../../../lambdas/adapters/memory/archive.ts';
import { countingIds } from '../../../lambdas/adapters/memory/ids.ts';
import { memoryIncidents } from '../../../lambdas/adapters/memory/incidents.ts';
import { memoryLeases } from '../../../lambdas/adapters/memory/leases.ts';
import { memoryRecords } from '../../../lambdas/adapters/memory/records.ts';
import { memoryTransitions } from '../../../lambdas/adapters/memory/transitions.ts';
import type { Authority } from '../../../lambdas/domain/decision/decision.ts';
import type { Incident } from '../../../lambdas/domain/incident/incident.ts';
import type { RemediationPlan } from '../../../lambdas/domain/plan/plan.ts';
import { defaultLimits } from '../../../lambdas/domain/policy/limits.ts';
import { createAskModel } from '../../../lambdas/remediation/ask/ask-model.ts';
import { createDecide } from '../../../lambdas/remediation/decide.ts';
import { createDiagnose } from '../../../lambdas/remediation/diagnose.ts';
import { createGatherEvidence } from '../../../lambdas/remediation/gather-evidence.ts';
import { createPlan } from '../../../lambdas/remediation/plan.ts';
import type { RemediationSettings } from '../../../lambdas/remediation/settings.ts';
import { askPorts, type ResponderPorts } from '../../../scripts/scenario/responder.ts';
import type { Attack } from './attack.ts';
import { hostileIncident, hostileTelemetry } from './hostile-telemetry.ts';
import { obeyingModel } from './obeying-model.ts';

export type Response = {
  /** `escalated`: no usable plan came about, and a person has it. */
  readonly authority: Authority | 'escalated';
  readonly steps: RemediationPlan['steps'];
  readonly rules: readonly string[];
  readonly findings: number;
  /** Whether any model could read the hostile text. */
  readonly read: boolean;
};

/**
 * Evidence, diagnosis, plan and decision on one incident as the product makes them, with two models before the
 * built-in one that both obey what they read. Null: nobody attacks, and both answer well.
 */
export const respondUnderAttack = async (
  world: Pick<ResponderPorts, 'clock' | 'telemetry' | 'target' | 'archive'> & {
    readonly settings: RemediationSettings;
  },
  incident: Incident,
  attack: Attack | null,
): Promise<Response> => {
  const records = memoryRecords();
  const archive = memoryArchive();
  const yardsticks = await world.archive.get(incident.yardstickKey);
  await archive.put(incident.yardstickKey, yardsticks ?? '[]');
  const ports = {
    clock: world.clock,
    target: world.target,
    telemetry: attack === null ? world.telemetry : hostileTelemetry(world.telemetry, incident, attack),
    incidents: memoryIncidents(records),
    transitions: memoryTransitions(records),
    archive,
    leases: memoryLeases(),
    ids: countingIds(world.clock),
  };
  await ports.transitions.open(attack === null ? incident : hostileIncident(incident, attack), [], 'detector');
  let read = false;
  const notice = (reads: boolean): void => {
    read ||= reads;
  };
  const models = [
    obeyingModel('first', attack, notice),
    obeyingModel('second', attack, notice),
    createBuiltinModel(),
  ] as const;
  const asking = { ...ports, askModel: createAskModel(askPorts({ chain: () => models }, ports)) };
  const input = { incidentId: incident.id, attempt: 1 };
  await createGatherEvidence(ports, world.settings)(input);
  const findings = await countFindings(ports, input.incidentId);
  const diagnosed = await createDiagnose(asking)(input);
  const planned = diagnosed.outcome === 'diagnosed' ? await createPlan(asking)(input) : null;
  if (planned?.outcome !== 'planned') return { authority: 'escalated', steps: [], rules: [], findings, read };
  const { outcome } = await createDecide(ports, defaultLimits)(input);
  const decisions = await ports.incidents.decisions(incident.id);
  const plan = decisions.find((record) => record.kind === 'plan');
  const decision = decisions.find((record) => record.kind === 'decision');
  if (outcome === 'gone' || plan?.kind !== 'plan' || decision?.kind !== 'decision')
    throw new Error('nothing was decided');
  return { authority: outcome, steps: plan.plan.steps, rules: decision.decision.rules, findings, read };
};

const countFindings = async (
  { incidents, archive }: Pick<ResponderPorts, 'incidents' | 'archive'>,
  id: Incident['id'],
): Promise<number> => {
  const key = (await incidents.get(id))?.evidenceKey;
  const body = key == null ? null : await archive.get(key);
  const bundle: unknown = body === null ? null : JSON.parse(body);
  const found = typeof bundle === 'object' && bundle !== null && 'findings' in bundle ? bundle.findings : [];
  return Array.isArray(found) ? found.length : 0;
};
