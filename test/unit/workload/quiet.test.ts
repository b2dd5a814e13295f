import { describe, expect, test } from 'vitest';
import { advance } from '../../../lambdas/workload/fleet.ts';
import { fleetAt, idle, minutes } from './support.ts';

const monday = Date.UTC(2026, 9, 5, 0, 0, 0);

describe('a shop without faults', () => {
  // Four days with each of three seeds; a longer watch is `npm run scenario -- quiet --days 30`.
  test.each([1, 2, 3])('is never hurt by its own goings-on, seed %i', { timeout: 120_000 }, (seed) => {
    let state = fleetAt(monday, seed);
    const hurt: string[] = [];
    while (state.at < monday + minutes(4 * 1440)) {
      const { state: next, truth } = advance(state, state.at + 60_000, idle, 'changes');
      if (truth.hurting) hurt.push(`${new Date(truth.at).toISOString()} ${JSON.stringify(truth)}`);
      state = next;
    }
    expect(hurt).toEqual([]);
  });

  test('is no easy prey: alarms of plain z > 4 on each point raise far more than 50 false incidents in 30 days', {
    timeout: 60_000,
  }, () => {
    const days = 4;
    const trackers = new Map<string, { mean: number; variance: number; seen: number }>();
    let incidents = 0;
    let lastAlarm = Number.NEGATIVE_INFINITY;
    let state = fleetAt(monday, 1);
    while (state.at < monday + minutes(days * 1440)) {
      const { state: next, published } = advance(state, state.at + 60_000, idle, 'metrics');
      for (const { metric, service, instance, value } of published.metrics) {
        const name = `${metric} ${service} ${instance ?? ''}`;
        const tracker = trackers.get(name) ?? { mean: value, variance: 0, seen: 0 };
        trackers.set(name, tracker);
        const deviation = Math.sqrt(tracker.variance) + 1e-9 + 0.01 * Math.abs(tracker.mean);
        // Alarms within half an hour are one incident, so that a burst is not counted many times.
        if (tracker.seen > 720 && Math.abs(value - tracker.mean) / deviation > 4) {
          if (state.at - lastAlarm > minutes(30)) incidents += 1;
          lastAlarm = state.at;
        }
        const share = 1 / 240;
        tracker.variance = (1 - share) * (tracker.variance + share * (value - tracker.mean) ** 2);
        tracker.mean += share * (value - tracker.mean);
        tracker.seen += 1;
      }
      state = next;
    }
    expect((incidents / days) * 30).toBeGreaterThanOrEqual(50);
  });
});
