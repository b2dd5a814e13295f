import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { standingOfBudget } from '../../../../lambdas/domain/anomaly/budget-standing.ts';
import {
  countUp,
  type ErrorBudget,
  hourMilliseconds,
  usedShare,
  usedUpAt,
} from '../../../../lambdas/domain/forecast/error-budget.ts';
import { foretell } from '../../../../lambdas/domain/forecast/forecast.ts';
import { forecastBudget } from '../../../../lambdas/domain/forecast/forecast-budget.ts';
import { budgetOf, type Course, countsOf, demandAt, draws, now, objective } from '../../../support/budget-examples.ts';
import { exampleSeries } from '../../../support/detection-examples.ts';

const errors = exampleSeries('payments', 'errors', 'Sum');
const day = 24 * hourMilliseconds;
const unsaid = { forecast: null, saidAt: null };
const foretold = (budget: ErrorBudget) => forecastBudget(budget, errors, budget.end, null);
/** What is counted of a course of 33 days before `now`, and the days after it. */
const lived = (course: Course, { seed = 1, before = 33, after = 0 } = {}) =>
  countsOf(course, now - before * day, now + after * day, draws(seed));
/** 70% of the budget a month, and then so many times as much as it lasts for. */
const burning = (burn: number, began = now - 7 * hourMilliseconds) => ({
  shareAt: (at: number) => (at < began ? 0.7 : burn) * 0.005,
});

describe('an error budget', { timeout: 120_000 }, () => {
  const example = budgetOf(lived(burning(5)), now);
  const shareOf = fc.double({ min: 0, max: 0.05, noNaN: true });

  it('is used up the more and the sooner, the more requests fail', () => {
    const moreFailed = fc.record({ hour: fc.nat(example.hours.length - 1), more: fc.integer({ min: 1, max: 1000 }) });
    fc.assert(
      fc.property(shareOf, shareOf, moreFailed, (one, other, { hour, more }) => {
        const hours = example.hours.map((count, index) =>
          index === hour ? { ...count, errors: count.errors + more } : count,
        );
        expect(usedShare({ ...example, hours })).toBeGreaterThanOrEqual(usedShare(example));
        const when = (budget: ErrorBudget, share: number) =>
          usedUpAt(budget, () => share, 6 * day) ?? Number.POSITIVE_INFINITY;
        expect(when(example, Math.max(one, other))).toBeLessThanOrEqual(when(example, Math.min(one, other)));
      }),
      { numRuns: 100 },
    );
  });

  it('is whole where nothing is asked, whatever is counted', () => {
    const hostile = fc.array(fc.record({ at: fc.integer({ min: -10, max: 50 }), value: fc.double() }), {
      maxLength: 20,
    });
    fc.assert(
      fc.property(hostile, (samples) => {
        const counted = countUp({ requests: [], errors: samples }, { from: 0, to: 40, periodMilliseconds: 10 });
        expect(counted.map((count) => [count.requests, count.errors])).toEqual(Array(4).fill([0, 0]));
      }),
    );
    const idle = budgetOf(lived({ shareAt: () => 0, demand: () => 0 }), now);
    expect([usedShare({ ...idle, hours: [] }), foretold({ ...idle, hours: [] })]).toEqual([0, null]);
    const asleep = lived(burning(3)).map((count) =>
      count.at < now - 9 * day ? count : { ...count, requests: 0, errors: 0 },
    );
    expect(foretold(budgetOf(asleep, now))).toBeNull();
  });

  it('is foretold to be used up with an interval that holds at least as often as it says', () => {
    let [made, held, ahead] = [0, 0, 0];
    for (let seed = 1001; seed <= 1040; seed += 1) {
      const draw = draws(seed);
      const [base, burn, wave] = [0.001 + 0.003 * draw(), 1.5 + 6 * draw(), 0.3 * draw()];
      const scale = [0.02, 0.2, 1][seed % 3] ?? 1;
      const shareAt = (at: number) =>
        at < now ? base : burn * 0.005 * (1 + wave * Math.sin((2 * Math.PI * at) / day));
      const counts = lived({ shareAt, demand: (at) => scale * demandAt(at) }, { seed, after: 12 });
      let breach = now;
      while (breach < now + 12 * day && usedShare(budgetOf(counts, breach)) < 1) breach += hourMilliseconds;
      let forecast = null;
      for (let at = now; forecast === null && at < breach; at += 2 * hourMilliseconds)
        forecast = foretold(budgetOf(counts, at));
      if (breach >= now + 12 * day || forecast === null) continue;
      made += 1;
      held += breach >= forecast.earliest && breach - hourMilliseconds <= forecast.latest ? 1 : 0;
      ahead += (breach - forecast.madeAt) / (breach - now) > 0.5 ? 1 : 0;
    }
    expect(made).toBeGreaterThanOrEqual(36);
    expect(held / made).toBeGreaterThanOrEqual(0.7);
    expect(ahead / made).toBeGreaterThanOrEqual(0.5);
  });

  it('says how it stands, and of when in hours', () => {
    const forecast = foretold(example);
    expect(forecast).toMatchObject({ service: 'payments', role: 'errors', limit: 100, unit: '%' });
    expect(forecast === null ? '' : foretell(forecast)).toMatch(
      /^the error budget of payments will be used up in about \d+\.\d h \(\d+\.\d to \d+\.\d\)$/,
    );
    expect(standingOfBudget(example, { forecast, saidAt: null })).toMatchObject({
      trouble: null,
      burn: expect.closeTo(5, 0),
    });
  });

  it('is not foretold while it holds, however it swings from hour to hour', () => {
    const peaks = (at: number) => ((at / hourMilliseconds) % 24 < 8 ? 0.0125 : 0.0015);
    for (const shareAt of [peaks, () => 0.0045, () => 0]) {
      for (const scale of [0.01, 1]) {
        const counts = lived({ shareAt, demand: (at) => scale * demandAt(at) });
        expect(usedShare(budgetOf(counts, now))).toBeLessThan(1);
        if (shareAt === peaks) expect(usedShare(budgetOf(counts, now))).toBeGreaterThan(0.8);
        for (let ago = 0; ago < 24; ago += 1)
          expect(foretold(budgetOf(counts, now - ago * hourMilliseconds))).toBeNull();
      }
    }
  });

  it('is foretold at the pace that began, and not at the mean of before and after', () => {
    const began = now - 40 * hourMilliseconds;
    const forecast = foretold(budgetOf(lived(burning(4, began)), now));
    expect(forecast?.since).toBeGreaterThanOrEqual(began);
  });

  it('is not foretold after trouble that is over, however much of it that took', () => {
    const outage = (at: number) => (at >= now && at < now + hourMilliseconds ? 0.1 : 0.002);
    const counts = lived({ shareAt: outage }, { after: 4 });
    for (let at = now + 70 * 60_000; at < now + 3 * day; at += hourMilliseconds) {
      expect(foretold(budgetOf(counts, at))).toBeNull();
    }
  });

  it('is not foretold of a service that was counted for less than eight days, nor once it is used up; it says so', () => {
    const young = budgetOf(lived(burning(3), { before: 7.9 }), now);
    expect(foretold(young)).toBeNull();
    expect(standingOfBudget(young, unsaid).trouble).toMatch(/counted for 7\.\d days, and nothing is foretold before 8/);
    expect(foretold(budgetOf(lived(burning(3), { before: 9 }), now))).not.toBeNull();
    const gone = budgetOf(lived(burning(12, now - 4 * day)), now);
    expect([foretold(gone), standingOfBudget(gone, unsaid).trouble]).toEqual([null, 'it is used up']);
    expect(objective.days).toBe(30);
  });
});
