import { describe, expect, it } from 'vitest';
import {
  broken,
  errors,
  healthy,
  latency,
  requests,
  times,
  uneasy,
  type Values,
  verdictOf,
  yardstick,
} from '../../../support/judged-windows.ts';
import { aService, aTopology, serviceName, start } from '../../../support/response-examples.ts';

describe('verification', () => {
  it('is recovered after six clean windows and not before', () => {
    const before = times(6, uneasy);
    expect(verdictOf({ before, after: times(5, healthy) })).toMatchObject({ verdict: 'pending', cleanWindows: 5 });
    expect(verdictOf({ before, after: times(6, healthy) })).toMatchObject({ verdict: 'recovered', requiredWindows: 6 });
  });

  it('is not over before customers have had a minute that was well as a whole', () => {
    expect(verdictOf({ after: times(6, healthy) })).toMatchObject({ verdict: 'pending', cleanWindows: 6 });
    expect(verdictOf({ after: times(12, healthy) }).verdict).toBe('recovered');
  });

  it('counts only windows that began after the act ended', () => {
    expect(verdictOf({ acting: times(4, healthy), after: times(5, healthy) }).cleanWindows).toBe(5);
    const midPeriod = verdictOf({ after: times(6, healthy), change: { actedAt: start + 6 * 5000 + 1 } });
    expect(midPeriod).toMatchObject({ verdict: 'pending', cleanWindows: 5 });
  });

  it('wants five windows where a period is a minute', () => {
    const after = times(60, healthy);
    const minutes = verdictOf({ after, change: { periodSeconds: 60, now: start + 6 * 5000 + 300_000 } });
    expect(minutes.requiredWindows).toBe(5);
  });

  it('takes a yardstick that could not be read neither for well nor for silent', () => {
    const samples = new Map(
      [requests, errors].map(({ series }, index) => [
        series.id,
        times(200, healthy).map((_, period) => ({ at: start + period * 5000, value: index === 0 ? 100 : 0 })),
      ]),
    );
    const judged = (windows: number) => verdictOf({ after: times(windows, healthy), change: { samples } });
    const reason = '1 of the yardsticks could not be read';
    expect(judged(12)).toMatchObject({ verdict: 'pending', reason, outOfBand: [] });
    expect(judged(100)).toMatchObject({ verdict: 'inconclusive', reason });
  });

  it('is never recovered by doing nothing', () => {
    for (let count = 1; count < 80; count += 1) {
      expect(verdictOf({ after: times(count, broken) }).verdict).not.toBe('recovered');
    }
    expect(verdictOf({ after: times(13, broken) }).verdict).toBe('notRecovered');
  });

  it('is never recovered by dropping all traffic', () => {
    expect(verdictOf({ after: times(60, { requests: 0, errors: 0, latency: 100 }) }).verdict).toBe('notRecovered');
    expect(verdictOf({ after: times(60, { requests: 40, errors: 0, latency: 90 }) }).verdict).toBe('notRecovered');
  });

  it('is inconclusive, never healthy, without telemetry', () => {
    expect(verdictOf({ after: times(6, {}) }).verdict).toBe('pending');
    expect(verdictOf({ after: times(40, {}) }).verdict).toBe('inconclusive');
    expect(verdictOf({ after: times(40, { requests: 100, errors: 1 }) }).verdict).toBe('inconclusive');
    expect(verdictOf({ after: times(40, healthy), change: { yardsticks: [] } }).verdict).toBe('inconclusive');
    expect(verdictOf({ after: times(40, healthy), change: { yardsticks: [latency] } }).verdict).toBe('inconclusive');
  });

  it('takes one sample at the edge of its band for noise, and a level there for trouble', () => {
    const before = times(6, uneasy);
    const edge: Values = { ...healthy, latency: 125 };
    const far: Values = { ...healthy, latency: 140 };
    expect(verdictOf({ before, after: [...times(3, healthy), edge, ...times(2, healthy)] }).verdict).toBe('recovered');
    expect(verdictOf({ before, after: [...times(3, healthy), far, ...times(2, healthy)] }).verdict).toBe('pending');
    expect(verdictOf({ after: times(40, edge) }).verdict).not.toBe('recovered');
  });

  it('holds demand that stays high for no harm, and its errors against their share', () => {
    expect(
      verdictOf({ before: times(6, healthy), after: times(6, { requests: 200, errors: 3, latency: 110 }) }).verdict,
    ).toBe('recovered');
    expect(verdictOf({ after: times(6, { requests: 200, errors: 9, latency: 110 }) }).verdict).toBe('pending');
  });

  it('waits longer while the trouble keeps shrinking', () => {
    const shrinking = Array.from({ length: 20 }, (_, index): Values => ({ ...healthy, latency: 900 - index * 20 }));
    expect(verdictOf({ after: shrinking }).verdict).toBe('pending');
    expect(verdictOf({ after: times(20, { ...healthy, latency: 900 }) }).verdict).toBe('notRecovered');
  });

  it('gives up early when it is clearly worse', () => {
    const worse: Values = { requests: 100, errors: 100, latency: 4000 };
    expect(verdictOf({ after: times(8, worse) }).verdict).toBe('notRecovered');
    expect(verdictOf({ after: times(8, broken) }).verdict).toBe('pending');
  });

  it('lets the series of an instance that was taken away end with it', () => {
    const yardsticks = [requests, errors, latency, yardstick('CpuUtilization', 'cpu', 20, 40, 'front-zero')];
    expect(verdictOf({ before: times(6, uneasy), after: times(6, healthy), change: { yardsticks } }).verdict).toBe(
      'recovered',
    );
    const listed = [...yardsticks, yardstick('CpuUtilization', 'cpu', 20, 40, 'front-one')];
    expect(
      verdictOf({ before: times(6, uneasy), after: times(6, healthy), change: { yardsticks: listed } }),
    ).toMatchObject({
      verdict: 'pending',
      outOfBand: [{ observed: null }],
    });
  });

  it('does not judge what a zone or a primary out of use would have done', () => {
    const drained = aTopology({ front: { desired: { ...aService('front').desired, drainedZones: ['east'] } } });
    const inEast = [requests, errors, latency, yardstick('CpuUtilization', 'cpu', 20, 40, 'front-one')];
    const after = times(6, healthy);
    expect(
      verdictOf({ before: times(6, uneasy), after, change: { yardsticks: inEast, topology: drained } }).verdict,
    ).toBe('recovered');

    const ofMiddle = [requests, latency, { ...errors, series: { ...errors.series, service: serviceName('middle') } }];
    const desired = { ...aService('front').desired, failedOverDependencies: [serviceName('middle')] };
    const failing = times(6, { ...healthy, errors: 50 });
    const onStandby = { yardsticks: ofMiddle, topology: aTopology({ front: { desired } }) };
    expect(verdictOf({ before: times(6, uneasy), after: failing, change: onStandby }).verdict).toBe('recovered');
    expect(verdictOf({ before: times(6, uneasy), after: failing, change: { yardsticks: ofMiddle } }).verdict).toBe(
      'notRecovered',
    );
  });
});
