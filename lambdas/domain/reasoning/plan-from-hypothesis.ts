import type { Diagnosis, Hypothesis, RuledOut } from '../diagnosis/diagnosis.ts';
import type { EvidenceBundle } from '../diagnosis/evidence.ts';
import type { RemediationPlan } from '../plan/plan.ts';
import { catalogue } from '../runbooks/catalogue.ts';
import { type Remedy, type RemedyStep, remedies } from './remedies.ts';
import { viewSystem } from './service-view.ts';

/**
 * The first way to treat the cause that can be carried out and was not tried in
 * vain already; null when there is none.
 */
export const planFromHypothesis = (
  bundle: EvidenceBundle,
  hypothesis: Hypothesis,
  ruledOut: readonly RuledOut[],
): RemediationPlan | null => {
  const system = viewSystem(bundle);
  const view = system.find(hypothesis.service);
  const topology = system.topology?.topology;
  if (view === undefined || topology === undefined) {
    return null;
  }
  const possible = ({ runbook, parameters }: RemedyStep): boolean =>
    !('refused' in catalogue[runbook].prepare(parameters, topology));
  const tried = ({ runbook, parameters }: RemedyStep): boolean =>
    ruledOut.some(
      (each) =>
        each.runbooks.includes(runbook) &&
        (each.service === parameters['service'] || each.service === hypothesis.service),
    );
  const chosen = remedies[hypothesis.mechanism](system, view, hypothesis)
    .map((remedy) => remedy.filter((step) => possible(step) && !tried(step)).slice(0, 3))
    .find((remedy) => remedy.length > 0);
  return chosen === undefined ? null : toPlan(chosen, hypothesis);
};

const toPlan = (remedy: Remedy, hypothesis: Hypothesis): RemediationPlan => ({
  summary: `${remedy.map(({ runbook }) => catalogue[runbook].title).join(', then ')}, because of ${hypothesis.mechanism} at ${hypothesis.service}.`,
  steps: remedy.map(({ runbook, parameters }) => ({
    runbook,
    parameters,
    expectedEffect: catalogue[runbook].expectedEffect,
    evidence: [...hypothesis.evidence],
  })),
});

/** A plan for the leading hypothesis; null when nothing is left to try for it. */
export const planFromDiagnosis = (
  bundle: EvidenceBundle,
  { hypotheses }: Diagnosis,
  ruledOut: readonly RuledOut[],
): RemediationPlan | null => {
  const [leading] = hypotheses;
  return leading === undefined ? null : planFromHypothesis(bundle, leading, ruledOut);
};
