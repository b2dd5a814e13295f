import { describe, expect, it } from 'vitest';
import { exampleForecast } from '../../../support/detection-examples.ts';
import { errors, healthy, latency, requests, times, verdictOf, yardstick } from '../../../support/judged-windows.ts';
import { start } from '../../../support/response-examples.ts';

describe('verification of a predicted incident', () => {
  const disk = yardstick('DiskUtilization', 'disk', 30, 40);
  const forecast = exampleForecast('front', { minutes: 10 });
  /** `course` is the level by seconds since the act; it stood at 60 then. */
  const verdictWith = (
    seconds: number,
    course: (seconds: number) => number,
    usually: { readonly usual?: number; readonly usualRise?: number } = {},
  ) => {
    const before = times(12, healthy);
    const actedAt = start + before.length * 5000;
    const after = times(seconds / 5, healthy);
    const callers = after.map((_, index) => ({ at: actedAt + index * 5000, value: course(index * 5) }));
    const whole = (name: 'requests' | 'errors' | 'latency') =>
      [...before, ...after].map((values, index) => ({ at: start + index * 5000, value: values[name] ?? 0 }));
    return verdictOf({
      before,
      after,
      change: {
        yardsticks: [requests, errors, latency, disk],
        samples: new Map([
          [requests.series.id, whole('requests')],
          [errors.series.id, whole('errors')],
          [latency.series.id, whole('latency')],
          [disk.series.id, callers],
        ]),
        alarmed: new Map([[disk.series.id, 'above']]),
        foretold: { forecast: { ...forecast, ...usually }, series: new Set([disk.series.id]), budget: null },
      },
    });
  };

  it('is recovered when the trend has turned, though what has grown stays where it is', () => {
    expect(verdictWith(60, () => 60)).toMatchObject({ verdict: 'recovered' });
  });
  it('is recovered when the level fell and the limit is far again', () => {
    expect(verdictWith(60, (seconds) => 20 + seconds * 0.02)).toMatchObject({ verdict: 'recovered' });
  });
  it('is not recovered while the trend goes on', () => {
    expect(verdictWith(60, (seconds) => 60 + seconds * 0.05)).toMatchObject({
      verdict: 'notRecovered',
      reason: 'what was foretold would still come true',
    });
  });
  it('is not recovered at the limit, even if nothing grows there', () => {
    expect(verdictWith(60, () => 95)).toMatchObject({ verdict: 'notRecovered' });
  });
  it('takes one rise of what swings up and down for no trend, and says how far it looked ahead', () => {
    const swinging = (seconds: number) => 60 + (seconds % 110) * 0.1;
    const usually = { usual: 55, usualRise: 10 };
    for (let seconds = 60; seconds <= 600; seconds += 20) {
      expect(verdictWith(seconds, swinging, usually).verdict).not.toBe('notRecovered');
    }
    expect(verdictWith(600, swinging, usually)).toMatchObject({
      verdict: 'recovered',
      reason: expect.stringContaining('the limit that was foretold not ahead within 30 min'),
    });
  });
  it('does not take noise for swings that it has seen whole', () => {
    const noisy = (seconds: number) => 60 + ([0, 0, 0.5, 0, -0.5][(seconds / 5) % 5] ?? 0);
    expect(verdictWith(220, noisy, { usual: 55, usualRise: 10 })).toMatchObject({ verdict: 'pending' });
  });
  it('sees through the swings of what goes on to rise', () => {
    const rising = (seconds: number) => 60 + seconds * 0.025 + (seconds % 110) * 0.1;
    expect(verdictWith(600, rising, { usual: 55, usualRise: 10 })).toMatchObject({ verdict: 'notRecovered' });
  });
  it('lets what was started anew warm up to where it usually is', () => {
    const warming = (seconds: number) => 70 - 30 * Math.exp(-seconds / 200);
    const usually = { usual: 72, usualRise: 4 };
    for (const seconds of [60, 180, 300, 420]) {
      expect(verdictWith(seconds, warming, usually).verdict).not.toBe('notRecovered');
    }
    expect(verdictWith(860, warming, usually)).toMatchObject({ verdict: 'recovered' });
  });
  it('looks on while noise hides whether the trend has turned, and not for ever', () => {
    const noisy = (seconds: number) => 60 + ((seconds * 7919) % 13);
    expect(verdictWith(40, noisy)).toMatchObject({ verdict: 'pending' });
    const hidden = (seconds: number) => 60 + seconds * 0.012 + ((seconds * 7919) % 25);
    expect(verdictWith(910, hidden).verdict).not.toBe('pending');
  });
});
