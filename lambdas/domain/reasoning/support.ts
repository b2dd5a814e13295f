import type { Hypothesis } from '../diagnosis/diagnosis.ts';
import type { EvidenceBundle } from '../diagnosis/evidence.ts';
import { confidenceOf } from './calibration.ts';
import type { Contribution } from './contribution.ts';
import { type ScoredHypothesis, scoreHypotheses } from './score-hypotheses.ts';

/**
 * The scorer's own confidence in a hypothesis, 0 to 1, when of what speaks for it only the cited evidence
 * counts, and of what speaks against it and for its rivals everything. 0 when none of what is cited speaks for it.
 */
export const support = (bundle: EvidenceBundle, hypothesis: Hypothesis): number => {
  const cited = new Set<string>(hypothesis.evidence);
  const isIt = ({ mechanism, service }: ScoredHypothesis) =>
    mechanism === hypothesis.mechanism && service === hypothesis.service;
  const all = scoreHypotheses(bundle, []);
  const contributions = all.find(isIt)?.contributions ?? [];
  if (!contributions.some(({ points, evidence }) => points > 0 && evidence.some((id) => cited.has(id)))) {
    return 0;
  }
  const points = contributions.reduce((sum, each) => sum + creditedPoints(each, cited), 0);
  return confidenceOf(
    points,
    all.filter((each) => !isIt(each)).map((rival) => rival.points),
  );
};

/** What speaks for the hypothesis counts as far as its evidence is cited. */
const creditedPoints = ({ points, evidence }: Contribution, cited: ReadonlySet<string>): number =>
  points <= 0 || evidence.length === 0
    ? points
    : (points * evidence.filter((id) => cited.has(id)).length) / evidence.length;
