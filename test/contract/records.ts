import { beforeEach, describe, expect, it } from 'vitest';
import { countingIds } from '../../lambdas/adapters/memory/ids.ts';
import type { Decision } from '../../lambdas/domain/decision/decision.ts';
import type { IncidentId } from '../../lambdas/domain/ids.ts';
import type { Incident } from '../../lambdas/domain/incident/incident.ts';
import type { DecisionRecord } from '../../lambdas/ports/decision-record.ts';
import type { Incidents } from '../../lambdas/ports/incidents.ts';
import type { Transitions } from '../../lambdas/ports/transitions.ts';
import { latencyAnomaly, modelCall, openIncident, pendingApproval, restartAction } from '../support/record-examples.ts';

export type RecordsUnderTest = { readonly incidents: Incidents; readonly transitions: Transitions };

/** Some minutes ago, so that reading "since" finds the day. */
const now = Date.now() - 600_000;
const ids = countingIds({ now: () => now });
let services = 0;

/** What every Incidents and Transitions must do together. Each test has services of its own, so stores may be shared. */
export const describeRecords = (name: string, make: () => Promise<RecordsUnderTest>): void => {
  describe(`records: ${name}`, () => {
    let incidents: Incidents;
    let transitions: Transitions;
    let service: string;
    let id: IncidentId;
    beforeEach(async () => {
      ({ incidents, transitions } = await make());
      services += 1;
      service = `service-${services}x`;
      id = ids.incident();
    });

    const open = async (change: Partial<Incident> = {}, own = id): Promise<Incident> => {
      const incident = openIncident(own, service, now, change);
      await transitions.open(incident, [latencyAnomaly(service, now)], 'detector');
      return incident;
    };
    const move = (incident: Incident, to: Incident['state'], at = now + 1000) =>
      transitions.move({ incident, to, at, actor: 'orchestrator', message: `to ${to}` });
    const ofThis = <Row extends { readonly incidentId: string }>(rows: readonly Row[]) =>
      rows.filter(({ incidentId }) => incidentId === id);

    describe('opening', () => {
      it('files incident, anomalies and the first audit line', async () => {
        const incident = openIncident(id, service, now, { kind: 'predicted' });
        const anomaly = latencyAnomaly(service, now);
        expect(await transitions.open(incident, [anomaly], 'detector')).toEqual({ outcome: 'opened' });
        expect(await incidents.get(id)).toEqual(incident);
        expect(await incidents.anomalies(id)).toEqual([anomaly]);
        expect(await incidents.audit(id)).toEqual([
          { incidentId: id, version: 1, at: now, actor: 'detector', from: null, to: 'open', message: incident.title },
        ]);
      });

      it('joins the incident that holds the lock, whose version stays', async () => {
        const first = await open();
        const second = openIncident(ids.incident(), service, now + 5000);
        const more = latencyAnomaly(service, now, { fingerprint: 'another', role: 'errors', metric: 'ErrorCount' });
        expect(await transitions.open(second, [more], 'detector')).toEqual({ outcome: 'joined', incidentId: id });
        expect(await incidents.get(second.id)).toBeNull();
        expect(await incidents.get(id)).toEqual(first);
        expect(await incidents.anomalies(id)).toHaveLength(2);
      });

      it('is opened once by two who open the same incident', async () => {
        const incident = openIncident(id, service, now);
        const results = await Promise.all([1, 2].map(() => transitions.open(incident, [], 'detector')));
        expect(results).toEqual([{ outcome: 'opened' }, { outcome: 'opened' }]);
        expect(await incidents.audit(id)).toHaveLength(1);
      });

      it('gives the lock to one of many at once', async () => {
        const all = Array.from({ length: 4 }, () => openIncident(ids.incident(), service, now));
        const results = await Promise.all(all.map((incident) => transitions.open(incident, [], 'detector')));
        expect(results.filter(({ outcome }) => outcome === 'opened')).toHaveLength(1);
      });

      it('replaces an anomaly that fires again', async () => {
        await open();
        const again = latencyAnomaly(service, now, { lastSeen: now + 90_000, observed: 1200 });
        await transitions.join(id, [again]);
        expect(await incidents.anomalies(id)).toEqual([again]);
      });
    });

    describe('the open lock', () => {
      it('is listed whatever the state, until it is freed', async () => {
        const incident = await open();
        await move(incident, 'escalated');
        expect((await incidents.listLocked()).map((locked) => locked.id)).toContain(id);
        await transitions.unlock(incident);
        expect((await incidents.listLocked()).map((locked) => locked.id)).not.toContain(id);
      });

      it('is not freed by an incident that does not hold it', async () => {
        const incident = await open();
        await transitions.unlock(incident);
        const next = await open({}, ids.incident());
        await transitions.unlock(incident);
        expect((await incidents.listLocked()).map((locked) => locked.id)).toContain(next.id);
      });
    });

    describe('moving', () => {
      it('changes state, version, time and what is asked, and adds one audit line', async () => {
        const incident = await open();
        const moved = await transitions.move({
          incident,
          to: 'diagnosing',
          at: now + 1000,
          actor: 'orchestrator',
          message: 'evidence frozen',
          change: { merchantsHurt: 4, attempt: 1, evidenceKey: 'key' },
        });
        expect(moved).toBe(true);
        const change = { merchantsHurt: 4, attempt: 1, evidenceKey: 'key' };
        expect(await incidents.get(id)).toEqual({
          ...incident,
          ...change,
          state: 'diagnosing',
          version: 2,
          updatedAt: now + 1000,
        });
        expect((await incidents.audit(id)).at(-1)).toEqual({
          incidentId: id,
          version: 2,
          at: now + 1000,
          actor: 'orchestrator',
          from: 'open',
          to: 'diagnosing',
          message: 'evidence frozen',
        });
      });

      it('writes nothing for a version that has passed', async () => {
        const incident = await open();
        await move(incident, 'diagnosing');
        expect(await move(incident, 'escalated')).toBe(false);
        expect((await incidents.get(id))?.state).toBe('diagnosing');
        expect(await incidents.audit(id)).toHaveLength(2);
      });

      it('lets one of two who move at once through', async () => {
        const incident = await open();
        const moved = await Promise.all([move(incident, 'diagnosing'), move(incident, 'escalated')]);
        expect(moved.filter(Boolean)).toHaveLength(1);
        expect(await incidents.audit(id)).toHaveLength(2);
      });

      it('lists an incident under its new state only', async () => {
        const incident = await open();
        await move(incident, 'escalated');
        const under = async (state: Incident['state']) =>
          (await incidents.listByState(state, 1000)).map((listed) => listed.id);
        expect(await under('open')).not.toContain(id);
        expect(await under('escalated')).toContain(id);
      });
    });

    it('lists the ended incidents of a family, newest first', async () => {
      const family = `${service}:memory`;
      const own = [ids.incident(), ids.incident(), ids.incident()];
      for (const [index, one] of own.entries()) {
        const incident = openIncident(one, service, now + index * 1000, { family });
        await transitions.open(incident, [], 'detector');
        if (index < 2) await move(incident, 'resolved');
        await transitions.unlock(incident);
      }
      const listed = await incidents.listFamily(family, 10);
      expect(listed.map((incident) => incident.id)).toEqual([own[1], own[0]]);
      expect(await incidents.listFamily(family, 1)).toHaveLength(1);
    });

    it('keeps the first decision of each kind and attempt, whatever is filed after it', async () => {
      const decision: Decision = {
        authority: 'auto',
        rules: ['within-limits'],
        risk: 'low',
        confidence: 0.9,
        reason: 'fine',
      };
      const record: DecisionRecord = { incidentId: id, attempt: 1, at: now, kind: 'decision', decision };
      expect(await transitions.fileDecision(record)).toBe(true);
      const swapped: DecisionRecord = { ...record, at: now + 1000, decision: { ...decision, authority: 'deny' } };
      expect(await transitions.fileDecision(swapped)).toBe(false);
      expect(await transitions.fileDecision({ ...record, attempt: 2, at: now + 2000 })).toBe(true);
      const filed = await incidents.decisions(id);
      expect(filed.map(({ attempt, at }) => [attempt, at])).toEqual([
        [1, now],
        [2, now + 2000],
      ]);
      expect(filed[0]).toEqual(record);
    });

    it('keeps every model call', async () => {
      const calls = [modelCall(id, ids.next(), now), modelCall(id, ids.next(), now + 5)];
      for (const call of calls) await transitions.fileLlmAction(call);
      expect(await incidents.llmActions(id)).toEqual(calls);
    });

    describe('actions', () => {
      it('are intended once for a key, and finished', async () => {
        const action = restartAction(id, service, now);
        expect(await transitions.intend(action)).toBe(true);
        expect(await transitions.intend({ ...action, startedAt: now + 1000 })).toBe(false);
        expect(await incidents.actions(id)).toEqual([action]);
        const done: typeof action = {
          ...action,
          status: 'done',
          endedAt: now + 30_000,
          before: { pausedJobs: [], cacheLimitMegabytes: null },
          after: { pausedJobs: ['report'], cacheLimitMegabytes: 256 },
        };
        await transitions.finishAction(done);
        expect(await incidents.actions(id)).toEqual([done]);
      });

      it('are found by service and by time', async () => {
        const action = restartAction(id, service, now);
        await transitions.intend(action);
        const on = async (since: number) => incidents.actionsOn(action.operation.service, since);
        expect(await on(now)).toEqual([action]);
        expect(await on(now + 1)).toEqual([]);
        expect(ofThis(await incidents.actionsSince(now))).toEqual([action]);
        expect(ofThis(await incidents.actionsSince(now + 1))).toEqual([]);
      });
    });

    describe('questions', () => {
      it('are asked once an attempt, and listed while pending', async () => {
        const question = pendingApproval(id, 1, now);
        expect(await transitions.askPerson(question)).toBe(true);
        expect(await transitions.askPerson({ ...question, token: 'another' })).toBe(false);
        expect(await incidents.approvals(id)).toEqual([question]);
        expect(ofThis(await incidents.pendingApprovals())).toEqual([question]);
      });

      it('are asked anew for another attempt', async () => {
        await transitions.askPerson(pendingApproval(id, 1, now));
        expect(await transitions.askPerson(pendingApproval(id, 2, now))).toBe(true);
        expect(await incidents.approvals(id)).toHaveLength(2);
      });

      it('take the first answer and no other', async () => {
        const question = pendingApproval(id, 1, now);
        await transitions.askPerson(question);
        const answer = (status: 'yes' | 'no', by: string) =>
          transitions.answer({ approval: question, status, at: now + 5000, by });
        expect(await answer('yes', 'first')).toBe(true);
        expect(await answer('no', 'second')).toBe(false);
        expect(await incidents.approvals(id)).toEqual([
          { ...question, status: 'yes', answeredAt: now + 5000, answeredBy: 'first' },
        ]);
        expect(ofThis(await incidents.pendingApprovals())).toEqual([]);
      });

      it('cannot be answered before they were asked', async () => {
        const question = pendingApproval(id, 1, now);
        expect(await transitions.answer({ approval: question, status: 'yes', at: now, by: 'someone' })).toBe(false);
        expect(await incidents.approvals(id)).toEqual([]);
      });
    });
  });
};
