import type { Hypothesis } from '../diagnosis/diagnosis.ts';
import type { EvidenceBundle } from '../diagnosis/evidence.ts';
import { confidenceOf, type ScoredHypothesis, scoreHypotheses } from './score-hypotheses.ts';

/**
 * The scorer's own confidence in a hypothesis, 0 to 1, from the cited evidence alone (the call graph is
 * always known), held against its rivals as all of the evidence has them. 0 when none of what is cited
 * speaks for it; leaving out what speaks against it gains nothing.
 */
export const support = (bundle: EvidenceBundle, hypothesis: Hypothesis): number => {
  const cited = new Set<string>(hypothesis.evidence);
  const items = bundle.items.filter(({ id, type }) => type === 'topology' || cited.has(id));
  const isIt = ({ mechanism, service }: ScoredHypothesis) =>
    mechanism === hypothesis.mechanism && service === hypothesis.service;
  const whole = scoreHypotheses(bundle, []);
  const fromAll = whole.find(isIt);
  const fromCited = scoreHypotheses({ ...bundle, items }, []).find(isIt);
  const speaks = fromCited?.contributions.some(
    ({ points, evidence }) => points > 0 && evidence.some((id) => cited.has(id)),
  );
  if (fromAll === undefined || fromCited === undefined || speaks !== true) {
    return 0;
  }
  const rivals = whole.filter((each) => !isIt(each)).map(({ points }) => points);
  return confidenceOf(Math.min(fromAll.points, fromCited.points), rivals);
};
