import { respondInputSchema } from '../../lambdas/contract/state-machine.ts';
import type { EvidenceBundle } from '../../lambdas/domain/diagnosis/evidence.ts';
import type { PlanStep } from '../../lambdas/domain/plan/plan.ts';
import { noGrounds } from '../../lambdas/domain/reasoning/plan-grounds.ts';
import { readEvidence } from '../../lambdas/remediation/read-archived.ts';
import { hashText, uniform } from '../../lambdas/workload/physics/random.ts';
import { candidateSteps } from './candidate-steps.ts';
import type { ResponderOptions, ResponderPorts } from './responder.ts';
import type { Healer } from './scenario-plan.ts';

type Choose = (bundle: EvidenceBundle, attempt: number) => PlanStep | null;

/**
 * The healers that the product is measured against. They share its detection,
 * evidence, acting and verification; in the place of diagnosis, plan and policy
 * stands one rule, and nobody is asked.
 */
export const healerParts = (healer: Healer): Pick<ResponderOptions, 'instead'> => {
  switch (healer) {
    case 'kintsugi':
      return {};
    case 'nothing':
      return { instead: () => ({ 'gather-evidence': async () => ({ outcome: 'gone', evidenceKey: null }) }) };
    case 'restart-noisiest':
      return byRule(restartNoisiest);
    case 'random':
      return byRule(anyRunbook);
  }
};

const byRule = (choose: Choose): Pick<ResponderOptions, 'instead'> => ({
  instead: (ports) => ({
    diagnose: async () => ({ outcome: 'diagnosed', reason: 'not asked' }),
    plan: async (payload) => planByRule(ports, choose, payload),
    decide: async (payload) => {
      await file(ports, payload, {
        kind: 'decision',
        decision: { authority: 'auto', rules: ['no-policy'], risk: 'low', confidence: 1, reason: 'nobody is asked' },
      });
      return { outcome: 'auto', reason: 'nobody is asked' };
    },
  }),
});

const planByRule = async (ports: ResponderPorts, choose: Choose, payload: unknown) => {
  const { incidentId, attempt } = respondInputSchema.parse(payload);
  const incident = await ports.incidents.get(incidentId);
  if (incident === null) return { outcome: 'gone', reason: 'the incident is gone' };
  const step = choose(await readEvidence(ports.archive, incident), attempt);
  if (step === null) return { outcome: 'unusable', reason: 'the rule chose nothing' };
  await file(ports, payload, {
    kind: 'plan',
    plan: { summary: step.expectedEffect, steps: [step] },
    grounds: noGrounds,
    provider: 'rule',
    fallback: null,
  });
  return { outcome: 'planned', reason: step.runbook };
};

type Filed = Parameters<ResponderPorts['transitions']['fileDecision']>[0];
type Conclusion = Filed extends infer Record
  ? Record extends Filed
    ? Omit<Record, 'incidentId' | 'attempt' | 'at'>
    : never
  : never;

const file = async (ports: ResponderPorts, payload: unknown, conclusion: Conclusion): Promise<void> => {
  const { incidentId, attempt } = respondInputSchema.parse(payload);
  await ports.transitions.fileDecision({ incidentId, attempt, at: ports.clock.now(), ...conclusion });
};

/** Restarts the service with the most series out of their bands. */
const restartNoisiest: Choose = (bundle) => {
  const noise = new Map<string, number>();
  for (const item of bundle.items) {
    if (item.type === 'metric' && item.direction !== null) noise.set(item.service, (noise.get(item.service) ?? 0) + 1);
  }
  const [noisiest] = [...noise].toSorted((left, right) => right[1] - left[1]);
  const steps = candidateSteps(bundle, 'restart-service');
  return steps.find(({ parameters }) => parameters['service'] === noisiest?.[0]) ?? null;
};

/** Any runbook of the catalogue, anywhere it can be carried out; drawn by the incident and the attempt. */
const anyRunbook: Choose = (bundle, attempt) => {
  const seed = hashText(bundle.incidentId);
  const byRunbook = Object.values(Object.groupBy(candidateSteps(bundle), ({ runbook }) => runbook));
  const steps = byRunbook[Math.floor(uniform(seed, attempt, 0, 211) * byRunbook.length)] ?? [];
  return steps[Math.floor(uniform(seed, attempt, 0, 212) * steps.length)] ?? null;
};
