import { InvokeCommand } from '@aws-sdk/client-lambda';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { dynamoLeases } from '../../lambdas/adapters/aws/dynamo/leases.ts';
import { resourceNames } from '../../lambdas/contract/stage.ts';
import { evidenceBundleSchema } from '../../lambdas/domain/diagnosis/evidence.ts';
import { awaitLearned } from '../../scripts/operator/await-learned.ts';
import { browseTable } from '../../scripts/operator/browse-table.ts';
import type { Operator } from '../../scripts/operator/connect.ts';
import { faultSwitch } from '../../scripts/operator/fault-switch.ts';
import type { IncidentRecord } from '../../scripts/operator/incident-record.ts';
import { listIncidents } from '../../scripts/operator/list-incidents.ts';
import { virtualCourse } from '../support/virtual-course.ts';
import { connectToStack, injectFault, playToEnd, statesOf, until } from './stack.ts';

const limitSeconds = 240;
/** Of the shop that the stack simulates. */
const shopSeed = 1;
const riskyToMend = { kind: 'errors', cause: 'expired-credential', service: 'payments' };
type Pass = { readonly owner: string; readonly takenAt: number };

let operator: Operator;

beforeAll(async () => {
  operator = await connectToStack();
  const pause = (milliseconds: number) => new Promise<void>((done) => setTimeout(done, milliseconds));
  await awaitLearned({ ...operator, pause }, 280, () => undefined);
});

afterAll(async () => {
  await faultSwitch(operator.functions, operator.stage).clear(null);
});

/** Everything of an incident that must be readable afterwards in tables and archive. */
const expectWholeTrail = async (record: IncidentRecord): Promise<void> => {
  const { id, evidenceKey } = record.incident;
  const kinds = record.decisions.map((decision) => decision.kind);
  expect(kinds).toEqual(expect.arrayContaining(['diagnosis', 'plan', 'decision']));
  expect(record.modelCalls.map((call) => call.purpose)).toEqual(expect.arrayContaining(['diagnose', 'plan']));
  for (const table of ['incidents', 'agent-decisions', 'llm-actions', 'audit'] as const) {
    const rows = await browseTable(operator, { table, partition: id, limit: 200 });
    expect(rows.length, `rows of ${id} in ${table}`).toBeGreaterThan(0);
  }
  const body = await operator.archive.get(evidenceKey ?? 'none');
  const bundle = evidenceBundleSchema.parse(JSON.parse(body ?? 'null'));
  const known = new Set(bundle.items.map((item) => item.id));
  for (const decision of record.decisions)
    if (decision.kind === 'diagnosis')
      for (const hypothesis of decision.diagnosis.hypotheses)
        for (const cited of hypothesis.evidence) expect(known).toContain(cited);
  for (const call of record.modelCalls) expect(await operator.archive.get(call.promptKey)).not.toBeNull();
  expect(record.audit.map((line) => line.version)).toEqual(record.audit.map((_, index) => index + 1));
};

/** Two more ticks of the schedule, and proof that still one scan at a time is made. */
const expectOneScanOfTwoTicks = async (): Promise<void> => {
  const lease = async (): Promise<Pass> => {
    const [row] = await browseTable(operator, { table: 'state', partition: 'lease#scan', limit: 1 });
    return { owner: String(row?.['owner']), takenAt: Number(row?.['takenAt']) };
  };
  const FunctionName = resourceNames(operator.stage).function('detect-anomalies');
  const tick = () => operator.functions.send(new InvokeCommand({ FunctionName, InvocationType: 'Event' }));
  await Promise.all([tick(), tick()]);
  const passes = [await lease()];
  await until('six passes', 90, async () => {
    const pass = await lease();
    if (pass.takenAt !== passes.at(-1)?.takenAt) passes.push(pass);
    return passes.length >= 6;
  });
  const owners = passes.map((pass) => pass.owner).filter((owner, index, all) => owner !== all[index - 1]);
  expect(new Set(owners).size, 'nobody scans again after another took over').toBe(owners.length);
  for (const [index, pass] of passes.entries()) {
    const before = passes[index - 1];
    if (before?.owner === pass.owner) expect(pass.takenAt - before.takenAt).toBeGreaterThan(2_500);
  }
};

const everyIncidentOf = async (service: string) => {
  const incidents = await listIncidents(operator.incidents, 100);
  return incidents.filter((incident) => incident.service === service);
};

// In turn: two faults at once would be one incident to whoever calls both.
describe('on a cloud', () => {
  it('heals a fault by itself, once, though the schedule fires three times over', async () => {
    const fault = await injectFault(operator, { kind: 'cpu', cause: 'batch-job', service: 'search' });
    const [record] = await Promise.all([playToEnd(operator, fault, { limitSeconds }), expectOneScanOfTwoTicks()]);
    await faultSwitch(operator.functions, operator.stage).clear('search');

    expect(statesOf(record)).toEqual(['open', 'diagnosing', 'remediating', 'verifying', 'resolved']);
    expect(record.questions).toEqual([]);
    expect(record.actions.map((action) => action.status)).toEqual(record.actions.map(() => 'done'));
    const verification = record.decisions.find((decision) => decision.kind === 'verification');
    expect(verification).toMatchObject({ verification: { verdict: 'recovered' } });
    expect(await everyIncidentOf('search')).toHaveLength(1);
    await expectWholeTrail(record);
    expect(await virtualCourse(fault, shopSeed), 'the course on virtual time').toEqual(statesOf(record));
  });

  it('asks before a risky act, and after a yes waits until nobody else works on the service', async () => {
    const leases = dynamoLeases(operator.tables, resourceNames(operator.stage).table('state'));
    const name = 'remediation#payments';
    const held = await leases.take({ name, owner: 'someone-else', now: operator.clock.now(), seconds: 300 });
    if (held === null) throw new Error(`${name} is held already`);
    const released: number[] = [];
    const record = await playToEnd(operator, await injectFault(operator, riskyToMend), {
      limitSeconds,
      word: 'yes',
      onLook: async ({ questions }) => {
        const answeredAt = questions[0]?.answeredAt ?? null;
        if (answeredAt === null || released.length > 0 || operator.clock.now() < answeredAt + 8_000) return;
        released.push(operator.clock.now());
        await leases.release(held);
      },
    });
    await faultSwitch(operator.functions, operator.stage).clear('payments');

    expect(statesOf(record)).toContain('awaitingApproval');
    expect(statesOf(record).at(-1)).toBe('resolved');
    expect(record.questions).toMatchObject([{ kind: 'approve', status: 'yes', answeredBy: 'tester' }]);
    expect(record.actions.length).toBeGreaterThan(0);
    for (const action of record.actions) expect(action.startedAt).toBeGreaterThanOrEqual(released[0] ?? Infinity);
    await expectWholeTrail(record);
  });

  it('knows that the service cools down, and hands a refused plan to people', async () => {
    const record = await playToEnd(operator, await injectFault(operator, riskyToMend), { limitSeconds, word: 'no' });

    expect(statesOf(record).at(-1)).toBe('escalated');
    expect(record.actions).toEqual([]);
    const decision = record.decisions.find((one) => one.kind === 'decision');
    expect(decision?.kind === 'decision' && decision.decision.rules).toContain('service-cooling-down');
    await expectWholeTrail(record);
  });
});
