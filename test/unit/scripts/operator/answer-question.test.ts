import { beforeEach, describe, expect, it } from 'vitest';
import { manualClock } from '../../../../lambdas/adapters/memory/clock.ts';
import { memoryIncidents } from '../../../../lambdas/adapters/memory/incidents.ts';
import { memoryRecords } from '../../../../lambdas/adapters/memory/records.ts';
import { memoryTransitions } from '../../../../lambdas/adapters/memory/transitions.ts';
import type { PersonRequestKind } from '../../../../lambdas/domain/approval/approval.ts';
import { incidentIdSchema } from '../../../../lambdas/domain/ids.ts';
import type { Orchestrator, PersonAnswer } from '../../../../lambdas/ports/orchestrator.ts';
import { answerQuestion } from '../../../../scripts/operator/answer-question.ts';

const start = Date.UTC(2030, 0, 1);
const id = incidentIdSchema.parse('01J0000000000000000000000A');

const desk = () => {
  const records = memoryRecords();
  const heard: [string, PersonAnswer][] = [];
  const orchestrator: Orchestrator = {
    start: async () => undefined,
    status: async () => 'running',
    answer: async (token, answer) => {
      heard.push([token, answer]);
      return true;
    },
  };
  const clock = manualClock(start);
  return { clock, heard, orchestrator, incidents: memoryIncidents(records), transitions: memoryTransitions(records) };
};

describe('answering a question', () => {
  let here: ReturnType<typeof desk>;
  const ask = (kind: PersonRequestKind) =>
    here.transitions.askPerson({
      incidentId: id,
      attempt: 1,
      kind,
      token: 'secret',
      status: 'pending',
      askedAt: start,
      expiresAt: start + 60_000,
      answeredAt: null,
      answeredBy: null,
      summary: 'restart?',
    });
  const say = (word: 'yes' | 'no' | 'done', incident: string = id) =>
    answerQuestion(here, { incident, word, by: 'ada' });

  beforeEach(() => {
    here = desk();
  });

  it('files the answer and hands it to the execution that waits', async () => {
    await ask('approve');
    const answered = await say('yes', '000a');
    expect(answered).toMatchObject({ status: 'yes', answeredBy: 'ada', answeredAt: start });
    expect(here.heard).toEqual([['secret', { answer: 'yes', by: 'ada' }]]);
    expect((await here.incidents.approvals(id))[0]).toMatchObject({ status: 'yes', answeredBy: 'ada' });
  });

  it('takes one answer only', async () => {
    await ask('review');
    await say('no');
    await expect(say('yes')).rejects.toThrow(/There is no waiting question/);
    expect(here.heard).toHaveLength(1);
  });

  it('lets of two people who answer at once the first one win', async () => {
    await ask('approve');
    const results = await Promise.allSettled([say('yes'), say('no')]);
    expect(results.map((result) => result.status).toSorted()).toEqual(['fulfilled', 'rejected']);
    expect(here.heard).toHaveLength(1);
  });

  it('takes done for manual steps alone, and no yes for them', async () => {
    await ask('manual');
    await expect(say('yes')).rejects.toThrow('npm run done');
    await say('done');
    expect(here.heard[0]?.[1].answer).toBe('done');
    here = desk();
    await ask('approve');
    await expect(say('done')).rejects.toThrow('npm run approve');
    expect(here.heard).toEqual([]);
  });

  it('comes too late after the expiry', async () => {
    await ask('approve');
    here.clock.pass(60);
    await expect(say('yes')).rejects.toThrow('expired');
    expect(here.heard).toEqual([]);
  });
});
