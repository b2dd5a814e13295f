import type { Hypothesis } from '../diagnosis/diagnosis.ts';
import type { EvidenceBundle } from '../diagnosis/evidence.ts';
import { scoreHypotheses } from './score-hypotheses.ts';

/**
 * The scorer's own confidence in a hypothesis, 0 to 1, from the cited evidence alone (the call graph is
 * always known). 0 when none of what is cited speaks for it.
 */
export const support = (bundle: EvidenceBundle, hypothesis: Hypothesis): number => {
  const cited = new Set<string>(hypothesis.evidence);
  const items = bundle.items.filter(({ id, type }) => type === 'topology' || cited.has(id));
  const scored = scoreHypotheses({ ...bundle, items }, []).find(
    ({ mechanism, service }) => mechanism === hypothesis.mechanism && service === hypothesis.service,
  );
  const speaks = scored?.contributions.some(
    ({ points, evidence }) => points > 0 && evidence.some((id) => cited.has(id)),
  );
  return scored !== undefined && speaks === true ? scored.confidence : 0;
};
