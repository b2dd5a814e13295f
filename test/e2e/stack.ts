import { setTimeout as pause } from 'node:timers/promises';
import { inject } from 'vitest';
import { serviceNameSchema } from '../../lambdas/domain/ids.ts';
import { callGraph } from '../../lambdas/domain/incident/call-graph.ts';
import type { ActiveFault } from '../../lambdas/workload/faults/definition.ts';
import { drawFault } from '../../lambdas/workload/faults/draw-fault.ts';
import { loadCatalogue } from '../../lambdas/workload/faults/load-catalogue.ts';
import { answerQuestion, type PersonsWord } from '../../scripts/operator/answer-question.ts';
import { connectTo, type Operator } from '../../scripts/operator/connect.ts';
import { faultSwitch } from '../../scripts/operator/fault-switch.ts';
import { followIncident } from '../../scripts/operator/follow-incident.ts';
import type { IncidentRecord } from '../../scripts/operator/incident-record.ts';
import { timelineOf } from '../../scripts/view/timeline.ts';

/** The stack that was deployed for these tests. */
export const connectToStack = (): Promise<Operator> =>
  connectTo({ kind: 'local', endpoint: inject('endpoint') }, inject('stage'));

export const injectFault = (
  operator: Operator,
  wish: { readonly kind: string; readonly cause: string; readonly service: string; readonly severity?: number },
): Promise<ActiveFault> => {
  const startedAt = operator.clock.now();
  const fault = drawFault({ severity: 0.8, ...wish, seed: 7, id: 'wanted', startedAt }, loadCatalogue());
  return faultSwitch(operator.functions, operator.stage).inject(fault);
};

export type PlayOptions = {
  readonly limitSeconds: number;
  /** What a person says when one is asked. */
  readonly word?: PersonsWord;
  /** Sees every look at the incident. */
  readonly onLook?: (record: IncidentRecord) => Promise<void>;
};

/** Follows a fault to the end of its incident; throws with what was last seen when it does not end in time. */
export const playToEnd = async (
  operator: Operator,
  fault: ActiveFault,
  options: PlayOptions,
): Promise<IncidentRecord> => {
  const service = serviceNameSchema.parse(fault.service);
  const callers = callGraph(await operator.target.describe()).callersOf(service);
  const looks = followIncident(
    { ...operator, pause: (milliseconds) => pause(milliseconds) },
    {
      since: fault.startedAt,
      services: new Set<string>([service, ...callers]),
      until: fault.startedAt + options.limitSeconds * 1000,
      everyMilliseconds: 1000,
    },
  );
  let last: IncidentRecord | null = null;
  for await (const record of looks) {
    last = record;
    if (record === null) continue;
    await options.onLook?.(record);
    const waits = record.questions.some((question) => question.status === 'pending');
    if (waits && options.word !== undefined)
      await answerQuestion(operator, { incident: record.incident.id, word: options.word, by: 'tester' });
  }
  if (last?.incident.closedAt == null)
    throw new Error(`${fault.definition.cause} had not ended after ${options.limitSeconds} s: ${storyOf(last)}`);
  return last;
};

const storyOf = (record: IncidentRecord | null): string =>
  record === null
    ? 'no incident names it'
    : timelineOf(record)
        .map((event) => `${event.label}: ${event.headline}`)
        .join('; ');

/** The states that an incident went through, in order. */
export const statesOf = (record: IncidentRecord): readonly string[] => record.audit.map((line) => line.to);

/** Looks again and again until it is so; throws after the limit. */
export const until = async (what: string, limitSeconds: number, isSo: () => Promise<boolean>): Promise<void> => {
  const end = performance.now() + limitSeconds * 1000;
  while (performance.now() < end) {
    if (await isSo()) return;
    await pause(500);
  }
  throw new Error(`${what}: not so within ${limitSeconds} s`);
};
