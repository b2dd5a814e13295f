import type { EvidenceBundle } from '../diagnosis/evidence.ts';
import { catalogue } from '../runbooks/catalogue.ts';
import type { PlanStep, RemediationPlan } from './plan.ts';

/**
 * Why a plan may not be used, one line a problem; empty when it may. Every name
 * in it must be one that the frozen evidence holds.
 */
export const planProblems = (plan: RemediationPlan, bundle: EvidenceBundle): readonly string[] => {
  const ids = new Set<string>(bundle.items.map(({ id }) => id));
  return plan.steps.flatMap((step, index) => [
    ...step.evidence.filter((id) => !ids.has(id)).map((id) => `step ${index + 1} cites ${id}, which does not exist`),
    ...namingProblems(step, bundle).map((problem) => `step ${index + 1}: ${problem}`),
  ]);
};

const namingProblems = (step: PlanStep, bundle: EvidenceBundle): readonly string[] => {
  const topology = bundle.items.find((item) => item.type === 'topology')?.topology;
  if (topology === undefined) {
    return ['the evidence has no topology to check names against'];
  }
  const prepared = catalogue[step.runbook].prepare(step.parameters, topology);
  if ('refused' in prepared) {
    return [prepared.refused];
  }
  const { operation } = prepared;
  return operation.type === 'quarantineMessage' && !isNamedInLogs(bundle, operation.service, operation.message)
    ? [`no log evidence of ${operation.service} names the message ${operation.message}`]
    : [];
};

const isNamedInLogs = (bundle: EvidenceBundle, service: string, message: string): boolean =>
  bundle.items.some(
    (item) => item.type === 'log' && item.service === service && item.recurring.some(({ value }) => value === message),
  );
