import { describe, expect, it } from 'vitest';
import { hour, judge, learnt, live, type Value } from '../../../support/judged-series.ts';

describe('what drifts', () => {
  /** Twice its level or so within five minutes, and as long again: in no sample odd by itself. */
  const creeping = (second: number): number => 100 + Math.min(second - 25 * hour, 2400) / 8;
  const firstAlarm = (falseAlarmsPerMonth: number, value: Value, seconds = 3600): number =>
    judge(learnt('latency', 3, 5), live(seconds, 5, value), 5, falseAlarmsPerMonth).indexOf(true) * 5;

  it('alarms sooner the more false alarms the operator allows', () => {
    const delays = [10, 1, 0.3].map((knob) => firstAlarm(knob, creeping));
    expect(delays).toEqual(delays.toSorted((one, other) => one - other));
    expect(new Set(delays).size).toBe(3);
  });

  it('alarms at once where it is far out, also when the same was seen an hour before', () => {
    const watch = learnt('latency', 3, 5);
    const trouble = (second: number) => ((second - 25 * hour) % hour < 120 ? 900 : 100);
    const judged = judge(watch, live(2 * hour, 5, trouble), 5);
    expect(judged.indexOf(true, hour / 5) * 5 - hour).toBeLessThan(30);
  });

  it('is left alone where it is hardly out and soon back', () => {
    // The band ends at 140.
    const hardly = (second: number) => (second - 25 * hour > 600 && second - 25 * hour < 660 ? 155 : 100);
    expect(firstAlarm(0.1, hardly, 1200)).toBeLessThan(0);
  });
});
