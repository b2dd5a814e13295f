import { setTimeout as pause } from 'node:timers/promises';
import type { ServiceName } from '../../lambdas/domain/ids.ts';
import { callGraph } from '../../lambdas/domain/incident/call-graph.ts';
import type { Screen } from '../view/screen.ts';
import type { TimelineEvent } from '../view/timeline-event.ts';
import { createWatchPage } from '../view/watch-page.ts';
import type { Operator } from './connect.ts';
import { createCustomerReader } from './customers.ts';
import { followIncident } from './follow-incident.ts';
import type { IncidentRecord, Question } from './incident-record.ts';

export type WatchRequest = {
  readonly service: ServiceName;
  /** When the fault began, epoch milliseconds; the zero of the timeline. */
  readonly since: number;
  readonly limitSeconds: number;
  /** Told first. */
  readonly opening: TimelineEvent;
  /** Called once for each question to a person. False ends the watch: somebody has to answer elsewhere. */
  readonly onQuestion: (question: Question) => Promise<boolean>;
};

/** `unnoticed`: no incident opened within the limit; `unfinished`: it had not ended by then. */
export type WatchOutcome = 'resolved' | 'escalated' | 'waiting' | 'unnoticed' | 'unfinished';

export type Watched = { readonly outcome: WatchOutcome; readonly record: IncidentRecord | null };

const everyMilliseconds = 1500;

/** Shows a fault from its beginning to the end of its incident, as it happens. */
export const watchFault = async (operator: Operator, request: WatchRequest, screen: Screen): Promise<Watched> => {
  const { clock } = operator;
  const page = createWatchPage(screen, request.since);
  page.tell(request.opening);
  const readCustomers = await createCustomerReader(operator, operator.periodSeconds);
  const callers = callGraph(await operator.target.describe()).callersOf(request.service);
  const looks = followIncident(
    { ...operator, pause: (milliseconds) => pause(milliseconds) },
    {
      since: request.since,
      services: new Set<string>([request.service, ...callers]),
      until: request.since + request.limitSeconds * 1000,
      everyMilliseconds,
    },
  );
  const asked = new Set<number>();
  let last: IncidentRecord | null = null;
  try {
    for await (const record of looks) {
      last = record;
      page.show({ now: clock.now(), record, customers: await readCustomers() });
      const question = record?.questions.find((one) => one.status === 'pending' && !asked.has(one.attempt));
      if (question === undefined) continue;
      asked.add(question.attempt);
      page.end();
      if (!(await request.onQuestion(question))) return { outcome: 'waiting', record };
    }
  } finally {
    page.end();
  }
  return { outcome: outcomeOf(last), record: last };
};

const outcomeOf = (record: IncidentRecord | null): WatchOutcome => {
  switch (record?.incident.state) {
    case undefined:
      return 'unnoticed';
    case 'resolved':
    case 'escalated':
      return record?.incident.state === 'resolved' ? 'resolved' : 'escalated';
    default:
      return 'unfinished';
  }
};

/** Exit code of a command that plays a fault: 0 healed, 1 not healed, 2 a person has to answer first. */
export const exitCodeOf = (outcome: WatchOutcome): number =>
  outcome === 'resolved' ? 0 : outcome === 'waiting' ? 2 : 1;
