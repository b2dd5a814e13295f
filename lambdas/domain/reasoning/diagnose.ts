import type { Diagnosis, Hypothesis, RuledOut } from '../diagnosis/diagnosis.ts';
import type { EvidenceBundle } from '../diagnosis/evidence.ts';
import type { EvidenceId } from '../ids.ts';
import { type ScoredHypothesis, scoreHypotheses } from './score-hypotheses.ts';

const maximumHypotheses = 4;
const maximumCited = 12;
/** Less likely than this is not worth a line. */
const leastConfidence = 0.01;

/** The built-in reasoner's diagnosis; null when there is nothing to cite. */
export const diagnose = (bundle: EvidenceBundle, ruledOut: readonly RuledOut[]): Diagnosis | null => {
  const hypotheses = scoreHypotheses(bundle, ruledOut)
    .filter(({ confidence }, index) => index === 0 || confidence >= leastConfidence)
    .slice(0, maximumHypotheses)
    .flatMap((scored) => {
      const evidence = citedFor(scored);
      return evidence.length === 0 ? [] : [toHypothesis(scored, evidence)];
    });
  return hypotheses.length === 0
    ? null
    : {
        hypotheses,
        assumptions: ['One cause explains the anomalies of this incident.', 'Levels before onset were healthy ones.'],
      };
};

const strongestFirst = ({ contributions }: ScoredHypothesis) =>
  [...contributions].sort((left, right) => Math.abs(right.points) - Math.abs(left.points));

/** What speaks for a hypothesis, the strongest first. */
export const citedFor = (scored: ScoredHypothesis): readonly EvidenceId[] =>
  [
    ...new Set(
      strongestFirst(scored)
        .filter(({ points }) => points > 0)
        .flatMap(({ evidence }) => evidence),
    ),
  ].slice(0, maximumCited);

/** What weighs less says nothing to a reader; and what weighs less than the second holds in part only. */
const leastPoints = 0.2;
const slightPoints = 0.75;

/** Reasons are measured, not true or false: memory that grew a little speaks a little for a leak and a little against one. */
const sideOf = (points: number): string => {
  const side = points > 0 ? 'for' : 'against';
  return Math.abs(points) < slightPoints ? `Slightly ${side}` : points > 0 ? 'For' : 'Against';
};

const toHypothesis = (scored: ScoredHypothesis, evidence: readonly EvidenceId[]): Hypothesis => {
  const sentences = strongestFirst(scored)
    .filter(({ points }, index) => index === 0 || Math.abs(points) >= leastPoints)
    .slice(0, 7)
    .map(({ points, why, evidence: ids }) => {
      const sources = ids.length === 0 ? '' : ` (${ids.join(', ')})`;
      return `${sideOf(points)}: ${why}${sources}`;
    });
  return {
    mechanism: scored.mechanism,
    service: scored.service,
    confidence: Math.round(scored.confidence * 1000) / 1000,
    evidence: [...evidence],
    reasoning: `${scored.mechanism} at ${scored.service}. ${sentences.join('. ')}.`.slice(0, 2000),
  };
};
