import { z } from 'zod';
import type { Hypothesis } from '../diagnosis/diagnosis.ts';
import type { EvidenceBundle } from '../diagnosis/evidence.ts';
import { citedFor } from './diagnose.ts';
import { scoreHypotheses } from './score-hypotheses.ts';
import { support } from './support.ts';
import { withoutText } from './trusted-text.ts';

/** What a second opinion makes of a diagnosis. */
export const challengeSchema = z.object({
  verdict: z.enum(['agrees', 'disagrees', 'missing']),
  /** What the second opinion names; null when there was no usable one. */
  mechanism: z.string().nullable(),
  service: z.string().nullable(),
  /** The scorer's support for the second opinion from what it cites, 0 to 1. */
  support: z.number().min(0).max(1),
  /** Policy takes no higher confidence than this, 0 to 1; 1 leaves it as it is. */
  confidenceLimit: z.number().min(0).max(1),
  reason: z.string().max(1000),
});
export type Challenge = z.infer<typeof challengeSchema>;

/** Under what a plan of medium risk needs to do without a person. */
const doubted = 0.85;

/**
 * Weighs a second opinion on the leading hypothesis of a diagnosis. It names its own leading cause and cites
 * evidence; whether that agrees is for us to see. It can lower the confidence that policy sees and never raise it:
 * disagreement takes away what its own cause is worth, and none or one that cites nothing for itself counts as doubt.
 */
export const weighChallenge = (
  bundle: EvidenceBundle,
  leading: Pick<Hypothesis, 'mechanism' | 'service'>,
  opinion: Hypothesis | null,
): Challenge => {
  if (opinion === null) {
    return {
      verdict: 'missing',
      mechanism: null,
      service: null,
      support: 0,
      confidenceLimit: doubted,
      reason: 'there is no usable second opinion',
    };
  }
  const { mechanism, service } = opinion;
  const worth = support(bundle, opinion);
  const agrees = mechanism === leading.mechanism && service === leading.service;
  const limit = agrees ? (worth > 0 ? 1 : doubted) : Math.min(doubted, 1 - Math.min(worth, opinion.confidence));
  return {
    verdict: agrees ? 'agrees' : 'disagrees',
    mechanism,
    service,
    support: worth,
    confidenceLimit: limit,
    reason: opinion.reasoning.slice(0, 1000),
  };
};

/**
 * The built-in reasoner's second opinion: the likeliest cause by what is measured and recorded alone, without what
 * logs say, so that it does not share what may have misled the first. Null when nothing measured speaks for any.
 */
export const secondOpinion = (bundle: EvidenceBundle): Hypothesis | null => {
  const [leading] = scoreHypotheses(withoutText(bundle), []);
  const evidence = leading === undefined ? [] : citedFor(leading);
  return leading === undefined || evidence.length === 0
    ? null
    : {
        mechanism: leading.mechanism,
        service: leading.service,
        confidence: leading.confidence,
        evidence: [...evidence],
        reasoning: `By what is measured alone it is ${leading.mechanism} at ${leading.service}.`,
      };
};
