import type { Anomaly } from '../../lambdas/domain/anomaly/anomaly.ts';
import type { AuditRecord } from '../../lambdas/domain/audit/audit-record.ts';
import type { RemediationAction } from '../../lambdas/domain/plan/remediation-action.ts';
import type { Verification } from '../../lambdas/domain/verification/verification.ts';
import type { DecisionRecord } from '../../lambdas/ports/decision-record.ts';
import type { IncidentRecord, Question } from '../operator/incident-record.ts';
import { evidenceSummary, evidenceText } from './evidence-text.ts';
import { expected, figure, measure } from './measure.ts';
import { callsInShort } from './model-calls.ts';
import { changedText, stepText } from './operation-text.ts';
import { count, plain, words } from './text.ts';
import { duration } from './time.ts';

/** One thing that happened, told in a headline and a few lines under it. */
export type TimelineEvent = {
  /** Stable, so that a watcher tells each once. */
  readonly id: string;
  /** Epoch milliseconds. */
  readonly at: number;
  readonly label: string;
  readonly tone: 'plain' | 'good' | 'bad' | 'wait' | 'gold';
  readonly headline: string;
  readonly details: readonly string[];
};

/** The incident's story in the order in which it happened. */
export const timelineOf = (record: IncidentRecord): readonly TimelineEvent[] =>
  [
    ...symptoms(record.anomalies, record.incident.openedAt),
    ...record.audit.flatMap((line) => transition(line, record)),
    ...record.decisions.flatMap((decision) => concluded(decision, record)),
    ...record.questions.flatMap(asked),
    ...record.actions.flatMap(acted),
  ].toSorted((one, other) => one.at - other.at || order(one) - order(other));

/** Things of one moment in the order of cause. */
const order = (event: TimelineEvent): number => labels.indexOf(event.label);
const labels = [
  'symptom',
  'incident',
  'evidence',
  'diagnosis',
  'challenge',
  'plan',
  'decision',
  'asked',
  'answered',
  'act',
  'acted',
  'verify',
  'verified',
  'undone',
  'resolved',
  'escalated',
];

const anomalyText = (anomaly: Anomaly): string => {
  const where = anomaly.instance ?? anomaly.service;
  const normal = expected(anomaly.metric, anomaly.band);
  return plain(
    anomaly.direction === 'missing'
      ? `${where} ${anomaly.metric} fell silent`
      : `${where} ${anomaly.metric} ${measure(anomaly.metric, anomaly.observed)}, normal is ${normal}`,
  );
};

/** How each stream of detection came to speak. */
const streamText: Readonly<Record<Anomaly['stream'], string>> = {
  novelty: 'a course that it never took before',
  envelope: 'out of what earlier days had at this time',
  week: 'unusual for this hour of the week',
  level: 'its level has moved',
  change: 'it jumped further than it does',
  variability: 'it is rougher or stiller than it was',
  spikes: 'it spikes',
  drift: 'it stays away from what was expected lately',
  silence: 'it stopped',
  log: 'lines of its log',
  fused: 'several weak signs together',
  trend: 'it is on its way to a limit',
};

const symptoms = (anomalies: readonly Anomaly[], openedAt: number): readonly TimelineEvent[] => {
  const atOpening = anomalies.filter((anomaly) => anomaly.onset <= openedAt);
  const first = atOpening.toSorted((one, other) => one.onset - other.onset || other.score - one.score)[0];
  if (first === undefined) return [];
  const told = `${first.direction}: ${streamText[first.stream]}`;
  const others = atOpening.filter((anomaly) => anomaly !== first);
  const services = new Set(others.map((anomaly) => anomaly.service)).size;
  const details =
    others.length === 0
      ? [told]
      : [told, `and ${count(others.length, 'more series', 'more series')} of ${count(services, 'service')}`];
  return [{ id: 'symptom', at: first.onset, label: 'symptom', tone: 'plain', headline: anomalyText(first), details }];
};

const transition = (line: AuditRecord, record: IncidentRecord): readonly TimelineEvent[] => {
  const at = line.at;
  const id = `audit-${line.version}`;
  const message = plain(line.message);
  switch (line.to) {
    case 'open':
      return [
        {
          id,
          at,
          label: 'incident',
          tone: 'gold',
          headline: plain(record.incident.title),
          details: [record.incident.id],
        },
      ];
    case 'diagnosing':
      return line.from === 'open' ? gathered(id, at, record) : [];
    case 'resolved':
      return [{ id, at, label: 'resolved', tone: 'good', headline: message, details: [] }];
    case 'escalated':
      return [{ id, at, label: 'escalated', tone: 'bad', headline: message, details: [] }];
    case 'verifying':
      return [{ id, at, label: 'verify', tone: 'plain', headline: message, details: [] }];
    case 'awaitingApproval':
    case 'awaitingReview':
    case 'manual':
    case 'remediating':
      return [];
  }
};

const gathered = (id: string, at: number, { evidence, incident }: IncidentRecord): readonly TimelineEvent[] =>
  evidence.slice(0, 1).map(({ bundle }) => ({
    id,
    at,
    label: 'evidence',
    tone: 'plain',
    headline: evidenceSummary(bundle.items),
    details:
      incident.merchantsHurt === null || incident.merchantsHurt === 0
        ? []
        : [`${count(incident.merchantsHurt, 'merchant')} hurt`],
  }));

const concluded = (record: DecisionRecord, { evidence, modelCalls }: IncidentRecord): readonly TimelineEvent[] => {
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
      const confidence = `confidence ${leading.confidence.toFixed(2)}, evidence supports ${record.support.toFixed(2)}`;
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
          details: [`risk ${decision.risk}, confidence ${decision.confidence.toFixed(2)}, rule ${rules}`],
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

const outOfBandText = (series: Verification['outOfBand'][number]): string =>
  plain(
    `${series.series}: ${series.observed === null ? 'nothing' : figure(series.observed)}, normal is ${figure(series.low)} to ${figure(series.high)}`,
  );

/** How far a verification has come: `4 clean windows in a row, 6 needed`. */
export const verificationText = (verification: Verification): string =>
  `${count(verification.cleanWindows, 'clean window')} in a row, ${verification.requiredWindows} needed`;

const asked = (question: Question): readonly TimelineEvent[] => {
  const id = `question-${question.attempt}`;
  const wait = duration(question.expiresAt - question.askedAt);
  const answer: readonly TimelineEvent[] =
    question.status === 'pending'
      ? []
      : [
          {
            id: `${id}-answer`,
            at: question.answeredAt ?? question.expiresAt,
            label: 'answered',
            tone: question.status === 'no' || question.status === 'expired' ? 'bad' : 'good',
            headline:
              question.status === 'expired'
                ? `nobody answered within ${wait}: silence is no`
                : `${question.status}, by ${plain(question.answeredBy ?? 'somebody')}`,
            details: [],
          },
        ];
  return [
    {
      id,
      at: question.askedAt,
      label: 'asked',
      tone: 'wait',
      headline: `${question.kind}: ${plain(question.summary)}`,
      details: [`waits ${wait}; silence is no`],
    },
    ...answer,
  ];
};

const acted = (action: RemediationAction): readonly TimelineEvent[] => {
  const id = action.idempotencyKey;
  const begun: TimelineEvent = {
    id,
    at: action.startedAt,
    label: 'act',
    tone: 'gold',
    headline: stepText(action.step),
    details: [],
  };
  const events = [begun];
  if (action.endedAt !== null) {
    const changed = changedText(action);
    events.push({
      id: `${id}-ended`,
      at: action.endedAt,
      label: 'acted',
      tone: action.status === 'failed' ? 'bad' : 'plain',
      headline:
        action.status === 'failed'
          ? `failed: ${plain(action.failure ?? 'no reason given')}`
          : `done after ${duration(action.endedAt - action.startedAt)}${changed === '' ? '' : `: ${changed}`}`,
      details: [],
    });
  }
  if (action.undoneAt !== null) {
    events.push({
      id: `${id}-undone`,
      at: action.undoneAt,
      label: 'undone',
      tone: action.undo === 'failed' ? 'bad' : 'plain',
      headline: action.undo === 'failed' ? 'could not be put back' : `${action.step.runbook} put back`,
      details: [],
    });
  }
  return events;
};
