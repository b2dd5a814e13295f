import type { Hypothesis } from '../diagnosis/diagnosis.ts';
import type { EvidenceBundle } from '../diagnosis/evidence.ts';
import { confidenceOf } from './calibration.ts';
import type { Contribution } from './contribution.ts';
import { type WeighedHypothesis, weighHypotheses } from './score-hypotheses.ts';
import { withoutText } from './trusted-text.ts';

/**
 * Confidence in a hypothesis, 0 to 1, that no text can raise: what text says for it does not count, what text says
 * against it does; for its rivals it is the other way round. Each reason is weighed once with all evidence and
 * once without its text, and the worse counts here, the better there. A reason grows or shrinks with more
 * text but does not do both, so more text can only lower this.
 */
export const guardedSupport = (
  bundle: EvidenceBundle,
  hypothesis: Pick<Hypothesis, 'mechanism' | 'service'>,
): number => {
  const worded = weighHypotheses(bundle, []);
  const wordless = new Map(weighHypotheses(withoutText(bundle), []).map((each) => [keyOf(each), each.contributions]));
  const bounds = worded.map((each) => ({
    key: keyOf(each),
    ...boundsOf(each.contributions, wordless.get(keyOf(each)) ?? []),
  }));
  const own = bounds.find(({ key }) => key === keyOf(hypothesis));
  return own === undefined
    ? 0
    : confidenceOf(
        own.least,
        bounds.filter((each) => each !== own).map(({ most }) => most),
      );
};

const keyOf = ({ mechanism, service }: Pick<WeighedHypothesis, 'mechanism' | 'service'>): string =>
  `${mechanism} ${service}`;

/** Sums of the worse and of the better of each reason with and without text. */
const boundsOf = (
  worded: readonly Contribution[],
  wordless: readonly Contribution[],
): { readonly least: number; readonly most: number } => {
  const [withText, withoutIt] = [byReason(worded), byReason(wordless)];
  const reasons = [...new Set([...withText.keys(), ...withoutIt.keys()])];
  const pairs = reasons.map((reason) => [withText.get(reason) ?? 0, withoutIt.get(reason) ?? 0] as const);
  return {
    least: pairs.reduce((sum, pair) => sum + Math.min(...pair), 0),
    most: pairs.reduce((sum, pair) => sum + Math.max(...pair), 0),
  };
};

const byReason = (contributions: readonly Contribution[]): ReadonlyMap<string, number> => {
  const points = new Map<string, number>();
  for (const { why, points: each } of contributions) points.set(why, (points.get(why) ?? 0) + each);
  return points;
};
