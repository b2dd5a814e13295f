import { beforeEach, describe, expect, it } from 'vitest';
import { countingIds } from '../../../lambdas/adapters/memory/ids.ts';
import { sweep } from '../../../lambdas/detection/sweep.ts';
import type { Incident, IncidentState } from '../../../lambdas/domain/incident/incident.ts';
import { newIncident } from '../../../lambdas/domain/incident/new-incident.ts';
import { holdServices } from '../../../lambdas/shared/service-leases.ts';
import { anomaly, service } from '../../support/detection-examples.ts';
import { detectionWorld } from '../../support/detection-world.ts';
import { restartAction } from '../../support/record-examples.ts';

const minute = 60_000;

describe('the sweep', () => {
  let world: ReturnType<typeof detectionWorld>;
  let lastAlarm = 0;
  beforeEach(() => {
    world = detectionWorld();
    lastAlarm = 0;
  });

  /** An incident that came to this state just now. */
  async function incidentIn(state: IncidentState, execution: 'running' | 'ended' | 'none'): Promise<Incident> {
    const anomalies = [anomaly('payments', 'latency')];
    const opening = {
      kind: 'observed',
      service: service('payments'),
      anomalies,
      reason: 'slow',
      forecast: null,
    } as const;
    const incident = newIncident(opening, countingIds(world.clock).incident(), world.clock.now());
    await world.ports.transitions.open(incident, anomalies, 'detector');
    if (execution !== 'none') world.orchestrator.executions.set(incident.id, execution);
    if (state === 'open') return incident;
    const at = world.clock.now();
    await world.ports.transitions.move({ incident, to: state, at, actor: 'orchestrator', message: state });
    return { ...incident, state, version: 2 };
  }
  const settings = () => ({ now: world.clock.now(), lastAlarm: () => lastAlarm });
  const run = () => sweep(world.ports, settings());
  const stateOf = (incident: Incident) => world.records.incidents.get(incident.id)?.state;
  const ask = (incident: Incident, expiresAt: number) =>
    world.ports.transitions.askPerson({
      incidentId: incident.id,
      attempt: 1,
      kind: 'approve',
      token: 'token',
      status: 'pending',
      askedAt: world.clock.now(),
      expiresAt,
      answeredAt: null,
      answeredBy: null,
      summary: 'restart?',
    });

  it('starts the execution of an open incident that has none', async () => {
    const incident = await incidentIn('open', 'none');
    await run();
    expect(world.orchestrator.executions.get(incident.id)).toBe('running');
    expect(stateOf(incident)).toBe('open');
  });

  it('leaves alone what runs', async () => {
    const incident = await incidentIn('diagnosing', 'running');
    world.clock.pass(3600);
    await run();
    expect(stateOf(incident)).toBe('diagnosing');
  });

  it.each([
    ['diagnosing', 'none'],
    ['remediating', 'ended'],
    ['open', 'ended'],
  ] as const)('escalates one that is %s while its execution is %s, and says so once', async (state, execution) => {
    const incident = await incidentIn(state, execution);
    world.clock.pass(61);
    await run();
    await run();
    expect(world.records.incidents.get(incident.id)).toMatchObject({ state: 'escalated', closedAt: world.clock.now() });
    expect(world.notifier.sent).toHaveLength(1);
    expect(world.records.audit.at(-1)).toMatchObject({ actor: 'sweeper', from: state, to: 'escalated' });
  });

  it('tells people of an escalation whose message failed, whoever escalated it, and keeps the service until then', async () => {
    const swept = await incidentIn('diagnosing', 'none');
    const ports = { ...world.ports, notifier: { notify: () => Promise.reject(new Error('no topic')) } };
    expect(await sweep(ports, settings())).toEqual([`${swept.id}: no topic`]);
    expect(stateOf(swept)).toBe('escalated');
    world.clock.pass(15 * 60);
    expect(await sweep(ports, settings())).toEqual([`${swept.id}: no topic`]);
    expect(world.records.locks.get(swept.service)).toBe(swept.id);
    await run();
    await run();
    expect(world.notifier.sent).toHaveLength(1);
    expect(world.notifier.sent[0]?.body).toContain('its execution is gone');
    expect(world.records.locks.size).toBe(0);
  });

  it('tends the others when one incident cannot be read and another cannot be tended, and says so', async () => {
    const incident = await incidentIn('awaitingApproval', 'running');
    await ask(incident, world.clock.now() + minute);
    world.clock.pass(60);
    const { incidents, orchestrator } = world.ports;
    const ports = {
      ...world.ports,
      incidents: {
        ...incidents,
        listLocked: () => Promise.reject(new Error('no such table')),
        listByState: async (...[state, limit, onUnreadable]: Parameters<typeof incidents.listByState>) => {
          onUnreadable?.('01BROKEN', new Error('kind:\n is no kind'));
          return incidents.listByState(state, limit);
        },
      },
      orchestrator: { ...orchestrator, status: () => Promise.reject(new Error('throttled')) },
    };
    expect(await sweep(ports, settings())).toEqual([
      '01BROKEN: kind: is no kind',
      `${incident.id}: throttled`,
      'open locks: no such table',
    ]);
    expect(stateOf(incident)).toBe('escalated');
  });

  it('lets go of the services of an incident that it escalates', async () => {
    const incident = await incidentIn('remediating', 'ended');
    const action = restartAction(incident.id, 'payments', world.clock.now());
    await world.ports.transitions.intend(action);
    await holdServices(world.ports.leases, incident.id, [action.operation.service], world.clock.now());
    const holder = async (name: string) => (await world.ports.leases.holder(name, world.clock.now()))?.owner ?? null;
    world.clock.pass(61);
    await run();
    expect(await holder('remediation#payments')).toBeNull();
  });

  it('gives an execution that has just ended time to write its last state', async () => {
    const incident = await incidentIn('verifying', 'ended');
    await run();
    expect(stateOf(incident)).toBe('verifying');
  });

  it('answers an expired question with silence, which is no', async () => {
    const incident = await incidentIn('awaitingApproval', 'running');
    world.orchestrator.waiting.add('token');
    await ask(incident, world.clock.now() + 15 * minute);
    await run();
    expect(world.orchestrator.answers).toEqual([]);
    world.clock.pass(15 * 60);
    await run();
    await run();
    expect(world.orchestrator.answers).toEqual([{ token: 'token', result: { answer: 'expired', by: 'sweeper' } }]);
    expect(stateOf(incident)).toBe('awaitingApproval');
  });

  it('lets the others expire when one question cannot be read, and says which', async () => {
    const incident = await incidentIn('awaitingApproval', 'running');
    await ask(incident, world.clock.now() + minute);
    world.clock.pass(60);
    const { incidents } = world.ports;
    const pendingApprovals = async (...[onUnreadable]: Parameters<typeof incidents.pendingApprovals>) => {
      const error = new Error('kind:\n is no kind');
      if (onUnreadable === undefined) throw error;
      onUnreadable('01BROKEN', error);
      return incidents.pendingApprovals();
    };
    const ports = { ...world.ports, incidents: { ...incidents, pendingApprovals } };
    expect(await sweep(ports, settings())).toEqual(['question of 01BROKEN: kind: is no kind']);
    expect(stateOf(incident)).toBe('escalated');
  });

  it('escalates when a question expired that nothing waits for any more', async () => {
    const incident = await incidentIn('awaitingApproval', 'running');
    await ask(incident, world.clock.now() + minute);
    world.clock.pass(60);
    await run();
    expect(stateOf(incident)).toBe('escalated');
    expect(world.notifier.sent).toHaveLength(1);
  });

  it('escalates a wait whose question was never written', async () => {
    const incident = await incidentIn('awaitingReview', 'running');
    await run();
    expect(stateOf(incident)).toBe('awaitingReview');
    world.clock.pass(60);
    await run();
    expect(stateOf(incident)).toBe('escalated');
  });

  it('gives the execution an answer that did not reach it', async () => {
    const incident = await incidentIn('manual', 'running');
    world.orchestrator.waiting.add('token');
    await ask(incident, world.clock.now() + 60 * minute);
    const [approval] = await world.ports.incidents.approvals(incident.id);
    if (approval === undefined) throw new Error('the question was not written');
    await world.ports.transitions.answer({ approval, status: 'done', at: world.clock.now(), by: 'operator' });
    world.clock.pass(60);
    await run();
    expect(world.orchestrator.answers).toEqual([{ token: 'token', result: { answer: 'done', by: 'operator' } }]);
  });

  it('leaves an execution alone that has its answer and waits for its turn on the service', async () => {
    const incident = await incidentIn('awaitingApproval', 'running');
    await ask(incident, world.clock.now() + 15 * minute);
    const [approval] = await world.ports.incidents.approvals(incident.id);
    if (approval === undefined) throw new Error('the question was not written');
    await world.ports.transitions.answer({ approval, status: 'yes', at: world.clock.now(), by: 'operator' });
    world.clock.pass(5 * 60);
    await run();
    expect(stateOf(incident)).toBe('awaitingApproval');
    world.orchestrator.executions.set(incident.id, 'ended');
    await run();
    expect(stateOf(incident)).toBe('escalated');
  });

  it('frees the service of an escalated incident when its series have been quiet for a quarter of an hour', async () => {
    const incident = await incidentIn('escalated', 'ended');
    lastAlarm = world.clock.now() + 5 * minute;
    world.clock.pass(19 * 60);
    await run();
    expect(world.records.locks.get(incident.service)).toBe(incident.id);
    world.clock.pass(60);
    await run();
    expect(world.records.locks.size).toBe(0);
  });

  it('frees the service of a resolved incident that kept it', async () => {
    await incidentIn('resolved', 'ended');
    await run();
    expect(world.records.locks.size).toBe(0);
  });
});
