import type { Verification } from '../../lambdas/domain/verification/verification.ts';
import type { DecisionRecord } from '../../lambdas/ports/decision-record.ts';
import type { IncidentRecord } from '../operator/incident-record.ts';
import { confidenceText } from './confidence-text.ts';
import { evidenceText } from './evidence-text.ts';
import { callsInShort } from './model-calls.ts';
import { stepText } from './operation-text.ts';
import { plain, words } from './text.ts';
import type { TimelineEvent } from './timeline-event.ts';
import { outOfBandText, verificationText } from './verification-text.ts';

/** What was concluded in an attempt: diagnosis, second opinion, plan, decision or verification. */
export const concluded = (
  record: DecisionRecord,
  { evidence, modelCalls }: IncidentRecord,
): readonly TimelineEvent[] => {
  const id = `${record.kind}-${record.attempt}`;
  const { at } = record;
  switch (record.kind) {
    case 'diagnosis': {
      const [leading] = record.diagnosis.hypotheses;
      if (leading === undefined) return [];
      const items = evidence.find(({ attempt }) => attempt === record.attempt)?.bundle.items ?? [];
      const cited = leading.evidence.flatMap((cited) => {
        const item = items.find((candidate) => candidate.id === cited);
        return item === undefined ? [] : [`${cited} ${evidenceText(item)}`];
      });
      const confidence = `confidence ${confidenceText(leading.confidence)}, evidence supports ${confidenceText(record.support)}`;
      return [
        {
          id,
          at,
          label: 'diagnosis',
          tone: 'gold',
          headline: `${words(leading.mechanism)} in ${leading.service} (${confidence}; ${plain(record.provider)})`,
          details: [
            ...cited.slice(0, 4),
            ...(cited.length > 4 ? [`and ${cited.length - 4} more`] : []),
            ...callsInShort(modelCalls, record.attempt, 'diagnose'),
            ...answeredInstead(record),
          ],
        },
      ];
    }
    case 'plan':
      return [
        {
          id,
          at,
          label: 'plan',
          tone: 'plain',
          headline: record.plan.steps.map(stepText).join(', then '),
          details: [
            ...record.plan.steps.map((step) => `expects: ${plain(step.expectedEffect)}`),
            ...callsInShort(modelCalls, record.attempt, 'plan'),
            ...answeredInstead(record),
          ],
        },
      ];
    case 'challenge':
      return [challengeEvent(id, at, record)];
    case 'decision': {
      const { decision } = record;
      const rules = decision.rules.map(plain).join(', ');
      return [
        {
          id,
          at,
          label: 'decision',
          tone: decision.authority === 'auto' ? 'good' : 'wait',
          headline: `${decision.authority}: ${plain(decision.reason)}`,
          details: [`risk ${decision.risk}, confidence ${confidenceText(decision.confidence)}, rule ${rules}`],
        },
      ];
    }
    case 'verification':
      return [verified(id, at, record.verification)];
  }
};

const challengeEvent = (
  id: string,
  at: number,
  { challenge, provider }: Extract<DecisionRecord, { readonly kind: 'challenge' }>,
): TimelineEvent => {
  const { verdict, mechanism, service, confidenceLimit } = challenge;
  const named = mechanism === null || service === null ? '' : `: ${words(mechanism)} in ${plain(service)}`;
  return {
    id,
    at,
    label: 'challenge',
    tone: verdict === 'agrees' ? 'plain' : 'wait',
    headline: `a second opinion ${verdict === 'missing' ? 'is missing' : verdict}${named} (${plain(provider)})`,
    details: [
      ...(confidenceLimit < 1 ? [`policy takes a confidence of ${confidenceLimit.toFixed(2)} at most`] : []),
      plain(challenge.reason),
    ],
  };
};

/** Who answered in the place of those before it, and why. */
const answeredInstead = ({ provider, fallback }: { readonly provider: string; readonly fallback: string | null }) =>
  fallback === null ? [] : [`answered by ${plain(provider)}: ${plain(fallback)}`];

const verified = (id: string, at: number, verification: Verification): TimelineEvent => ({
  id,
  at,
  label: 'verified',
  tone: verification.verdict === 'recovered' ? 'good' : 'bad',
  headline: `${words(verification.verdict)}, ${verificationText(verification)}`,
  // What a recovery says of itself comes with the incident's end.
  details:
    verification.verdict === 'recovered'
      ? []
      : [plain(verification.reason), ...verification.outOfBand.slice(0, 3).map(outOfBandText)],
});
