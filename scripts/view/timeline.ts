import type { AuditRecord } from '../../lambdas/domain/audit/audit-record.ts';
import type { IncidentRecord } from '../operator/incident-record.ts';
import { acted } from './action-events.ts';
import { concluded } from './decision-events.ts';
import { evidenceSummary } from './evidence-text.ts';
import { asked } from './question-events.ts';
import { symptoms } from './symptom-events.ts';
import { count, plain } from './text.ts';
import type { TimelineEvent } from './timeline-event.ts';

/** The incident's story in the order in which it happened. */
export const timelineOf = (record: IncidentRecord): readonly TimelineEvent[] =>
  [
    ...symptoms(record.anomalies, record.incident),
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
          details: [record.incident.id, ...relapseText(record.incident)],
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

const relapseText = ({ relapseOf }: IncidentRecord['incident']): readonly string[] =>
  relapseOf === null ? [] : [`a relapse: incident ${relapseOf} was resolved, and its trouble has come back`];

const gathered = (id: string, at: number, { evidence, incident }: IncidentRecord): readonly TimelineEvent[] =>
  evidence.slice(0, 1).map(({ bundle }) => ({
    id,
    at,
    label: 'evidence',
    tone: 'plain',
    headline: evidenceSummary(bundle.items),
    details: [
      ...(incident.merchantsHurt === null || incident.merchantsHurt === 0
        ? []
        : [`${count(incident.merchantsHurt, 'merchant')} hurt`]),
      ...(bundle.unreadSeries === 0 ? [] : [`${count(bundle.unreadSeries, 'series', 'series')} could not be read`]),
    ],
  }));
