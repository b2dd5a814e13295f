import { beforeEach, describe, expect, it } from 'vitest';
import { manualClock } from '../../lambdas/adapters/memory/clock.ts';
import { countingIds } from '../../lambdas/adapters/memory/ids.ts';
import type { IncidentId } from '../../lambdas/domain/ids.ts';
import type { AdmissionRequest, ModelPermit } from '../../lambdas/domain/limits/admission.ts';
import { type Budget, breakerRules, type Price, type ProviderLimits } from '../../lambdas/domain/limits/limits.ts';
import type { ModelErrorClass } from '../../lambdas/domain/reasoning/model-call-error.ts';
import type { ModelGate } from '../../lambdas/ports/model-gate.ts';
import type { SharedRows } from '../../lambdas/ports/shared-rows.ts';
import { createModelGate } from '../../lambdas/remediation/model-gate.ts';

/** Far ahead, so that no store forgets a row as long past. */
const start = Date.UTC(2126, 2, 3, 10);
const unlimited: Budget = { tokens: null, dollars: null };
const limits: ProviderLimits = { timeoutSeconds: 30, concurrency: 5, requestsPerMinute: null, tokensPerMinute: null };
let providers = 0;

/** What the gate must do on every store of rows. */
export const describeModelGate = (kind: string, make: () => Promise<SharedRows>): void => {
  describe(`model gate: ${kind}`, () => {
    let rows: SharedRows;
    let provider: string;
    let incidentId: IncidentId;
    let clock: ReturnType<typeof manualClock>;
    beforeEach(async () => {
      rows = await make();
      providers += 1;
      provider = `openai:test-${providers}`;
      // A day of its own for each test, because what was spent on a day outlives it.
      clock = manualClock(start + providers * 2 * 86_400_000);
      incidentId = countingIds(clock).incident();
    });

    const gateWith = (
      change: Partial<ProviderLimits> = {},
      budgets: { readonly incident?: Budget; readonly day?: Budget } = {},
      price: Price = { input: 10, cachedInput: 1, output: 30 },
    ): ModelGate =>
      createModelGate(
        // The sleep of a loser among writers is real: it makes room for the others.
        {
          rows,
          clock,
          ids: countingIds(clock),
          random: Math.random,
          sleep: (ms) => new Promise((go) => setTimeout(go, ms)),
        },
        {
          providers: new Map([[provider, { limits: { ...limits, ...change }, priceOf: () => price }]]),
          breaker: breakerRules,
          budgets: { incident: budgets.incident ?? unlimited, day: budgets.day ?? unlimited },
        },
      );
    const request = (change: Partial<AdmissionRequest> = {}): AdmissionRequest => ({
      provider,
      model: 'm-1',
      incidentId,
      promptCharacters: 3000,
      maximumOutputTokens: 1000,
      ...change,
    });
    const admitted = async (gate: ModelGate, change: Partial<AdmissionRequest> = {}): Promise<ModelPermit> => {
      const admission = await gate.admit(request(change));
      if (admission.outcome === 'refused') throw new Error(`refused: ${admission.reason}`);
      return admission.permit;
    };
    const reply = (gate: ModelGate, permit: ModelPermit) =>
      gate.settle(permit, { kind: 'replied', inputTokens: 900, outputTokens: 100, costDollars: 0.012 });
    const fail = (gate: ModelGate, permit: ModelPermit, errorClass: ModelErrorClass, retryAfterSeconds = 0) =>
      gate.settle(permit, { kind: 'failed', error: { errorClass, retryAfterSeconds } });
    const trip = async (gate: ModelGate) => {
      for (let calls = 0; calls < 3; calls += 1) await fail(gate, await admitted(gate), 'overloaded');
    };

    it('admits as many calls at once as are allowed, and the next when one has ended', async () => {
      const gate = gateWith();
      await reply(gate, await admitted(gate));
      const admissions = await Promise.all(Array.from({ length: 12 }, () => gate.admit(request())));
      const held = admissions.flatMap((each) => (each.outcome === 'admitted' ? [each.permit] : []));
      expect(held).toHaveLength(5);
      expect(await gate.admit(request())).toMatchObject({ outcome: 'refused', cause: 'concurrency' });
      const [first] = held;
      if (first !== undefined) await reply(gate, first);
      expect(await gate.admit(request())).toMatchObject({ outcome: 'admitted' });
    });

    it('risks no more calls than open the breaker while nobody knows whether the provider answers', async () => {
      const gate = gateWith({ concurrency: 50 });
      const admissions = await Promise.all(Array.from({ length: 20 }, () => gate.admit(request())));
      expect(admissions.filter(({ outcome }) => outcome === 'admitted')).toHaveLength(3);
    });

    it('takes back the permit of a holder that died', async () => {
      const gate = gateWith({ concurrency: 1 });
      await admitted(gate);
      clock.pass(39.999);
      expect(await gate.admit(request())).toMatchObject({ cause: 'concurrency' });
      clock.pass(0.001);
      expect(await gate.admit(request())).toMatchObject({ outcome: 'admitted' });
    });

    it('opens after three failures in a row, lets one call try, and returns by itself', async () => {
      const gate = gateWith();
      await trip(gate);
      expect(await gate.admit(request())).toMatchObject({ outcome: 'refused', cause: 'breaker' });
      clock.pass(19);
      const probes = await Promise.all(Array.from({ length: 4 }, () => gate.admit(request())));
      const [probe, ...others] = probes.flatMap((each) => (each.outcome === 'admitted' ? [each.permit] : []));
      expect(others).toEqual([]);
      if (probe === undefined) throw new Error('nobody may try');
      await reply(gate, probe);
      const after = await Promise.all(Array.from({ length: 4 }, () => gate.admit(request())));
      expect(after.every(({ outcome }) => outcome === 'admitted')).toBe(true);
    });

    it('stays open for longer after each probe that failed', async () => {
      const gate = gateWith();
      await trip(gate);
      clock.pass(19);
      await fail(gate, await admitted(gate), 'timeout');
      clock.pass(29);
      expect(await gate.admit(request())).toMatchObject({ cause: 'breaker' });
      clock.pass(9);
      await reply(gate, await admitted(gate));
    });

    it('lets another call try when the one that tried died', async () => {
      const gate = gateWith();
      await trip(gate);
      clock.pass(19);
      await admitted(gate);
      clock.pass(39);
      expect(await gate.admit(request())).toMatchObject({ cause: 'breaker' });
      clock.pass(1.001);
      await reply(gate, await admitted(gate));
    });

    it('is not opened by failures that are about one request, nor by some between replies', async () => {
      const gate = gateWith();
      for (let calls = 0; calls < 5; calls += 1) await fail(gate, await admitted(gate), 'blocked');
      for (let calls = 0; calls < 3; calls += 1) {
        await fail(gate, await admitted(gate), 'serverError');
        await fail(gate, await admitted(gate), 'connection');
        await reply(gate, await admitted(gate));
      }
    });

    it('leaves a provider alone for as long as it asks', async () => {
      const gate = gateWith();
      await fail(gate, await admitted(gate), 'rateLimited', 7);
      expect(await gate.admit(request())).toMatchObject({ cause: 'rate', retryAfterSeconds: 7 });
      clock.pass(7);
      await reply(gate, await admitted(gate));
    });

    it('asks no more often than allowed in any minute', async () => {
      const gate = gateWith({ requestsPerMinute: 12 });
      const made: number[] = [];
      for (let second = 0; second < 150; second += 1) {
        const admission = await gate.admit(request());
        if (admission.outcome === 'admitted') {
          made.push(clock.now());
          await reply(gate, admission.permit);
        }
        clock.pass(1);
      }
      const most = Math.max(...made.map((from) => made.filter((at) => at >= from && at < from + 60_000).length));
      expect(most).toBeLessThanOrEqual(12);
      expect(made.length).toBeGreaterThanOrEqual(22);
    });

    it('gives back the tokens that a call did not use', async () => {
      const gate = gateWith({ tokensPerMinute: 8_000 });
      await reply(gate, await admitted(gate));
      expect(await gate.admit(request({ promptCharacters: 0 }))).toMatchObject({ outcome: 'admitted' });
      expect(await gate.admit(request())).toMatchObject({ outcome: 'refused', cause: 'rate' });
    });

    it('spends no more than the budget of an incident, and says so', async () => {
      const gate = gateWith({}, { incident: { tokens: 3_500, dollars: null } });
      await reply(gate, await admitted(gate));
      await reply(gate, await admitted(gate));
      const refused = await gate.admit(request());
      expect(refused).toMatchObject({ outcome: 'refused', cause: 'budget', retryAfterSeconds: null });
      expect(refused.outcome === 'refused' && refused.reason).toContain('budget of 3500 tokens for this incident');
    });

    it('spends no more dollars than the budget of a day, even by calls at once, and begins anew the next day', async () => {
      // A call may cost 4 cents; this budget has room for two.
      const gate = gateWith({}, { day: { tokens: null, dollars: 0.09 } });
      const admissions = await Promise.all(Array.from({ length: 6 }, () => gate.admit(request())));
      expect(admissions.filter(({ outcome }) => outcome === 'admitted')).toHaveLength(2);
      clock.pass(86_400);
      expect(await gate.admit(request())).toMatchObject({ outcome: 'admitted' });
    });

    it('gives back what a call that failed had set aside', async () => {
      const gate = gateWith({}, { day: { tokens: null, dollars: 0.05 } });
      await fail(gate, await admitted(gate), 'rateLimited');
      await fail(gate, await admitted(gate), 'serverError');
      await admitted(gate);
    });

    it('asks a model that is free though everything is spent', async () => {
      const gate = gateWith({}, { day: { tokens: 0, dollars: 0 } }, { input: 0, cachedInput: 0, output: 0 });
      await reply(gate, await admitted(gate));
    });

    it('never stands in the way of the built-in reasoner', async () => {
      const gate = gateWith({}, { day: { tokens: 0, dollars: 0 } });
      expect(await gate.admit(request())).toMatchObject({ cause: 'budget' });
      expect(await gate.admit(request({ provider: 'builtin' }))).toMatchObject({ outcome: 'admitted' });
    });
  });
};
