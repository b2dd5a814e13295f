import { describe, expect, it } from 'vitest';
import type { Direction } from '../../../../lambdas/domain/anomaly/anomaly.ts';
import { type Yardstick, yardstickSchema } from '../../../../lambdas/domain/incident/incident.ts';
import type { Sample } from '../../../../lambdas/domain/signal/series.ts';
import { type JudgeQuestion, judge } from '../../../../lambdas/domain/verification/judge.ts';
import { exampleForecast } from '../../../support/detection-examples.ts';
import { aService, aTopology, serviceName, start } from '../../../support/response-examples.ts';

const yardstick = (
  metric: string,
  role: string,
  low: number,
  high: number,
  instance: string | null = null,
): Yardstick =>
  yardstickSchema.parse({
    series: {
      id: `shop|${metric}|${instance ?? ''}`,
      namespace: 'shop',
      metric,
      dimensions: [{ name: 'Service', value: 'front' }],
      statistic: 'Average',
      role,
      service: 'front',
      instance,
    },
    detectorVersion: 1,
    state: [low, high],
    reason: 'caller',
  });

const requests = yardstick('RequestCount', 'requests', 90, 110);
const errors = yardstick('ErrorCount', 'errors', 0, 2);
const latency = yardstick('LatencyP95', 'latency', 80, 120);

type Values = { readonly requests?: number; readonly errors?: number; readonly latency?: number };
const healthy: Values = { requests: 100, errors: 1, latency: 100 };
const broken: Values = { requests: 100, errors: 30, latency: 400 };
/** Out of its bands, and over a minute hardly felt. */
const uneasy: Values = { requests: 100, errors: 3, latency: 135 };

/** One entry a five-second period, from onset on. */
const times = (count: number, values: Values): readonly Values[] => Array.from({ length: count }, () => values);

type Case = {
  readonly before?: readonly Values[];
  readonly acting?: readonly Values[];
  readonly after: readonly Values[];
  readonly change?: Partial<JudgeQuestion>;
};

const verdictOf = ({ before = times(6, broken), acting = [], after, change = {} }: Case) => {
  const all = [...before, ...acting, ...after];
  const of = (name: keyof Values): readonly Sample[] =>
    all.flatMap((values, index) => {
      const value = values[name];
      return value === undefined ? [] : [{ at: start + index * 5000, value }];
    });
  const actStartedAt = start + before.length * 5000;
  const actedAt = actStartedAt + acting.length * 5000;
  return judge({
    yardsticks: [requests, errors, latency],
    samples: new Map([
      ...(change.yardsticks ?? []).map(({ series }) => [series.id, []] as const),
      [requests.series.id, of('requests')],
      [errors.series.id, of('errors')],
      [latency.series.id, of('latency')],
    ]),
    band: ({ state }) => ({ low: state[0] ?? 0, high: state[1] ?? 0 }),
    alarmed: new Map<typeof latency.series.id, Direction>([[latency.series.id, 'above']]),
    foretold: null,
    topology: aTopology(),
    onset: start,
    patternFrom: start,
    actStartedAt,
    actedAt,
    now: actedAt + after.length * 5000,
    periodSeconds: 5,
    effectWithinSeconds: 60,
    quietBeforeSeconds: 0,
    ...change,
  });
};

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

  describe('of trouble that came back after a recovery', () => {
    const relapse = (after: readonly Values[], quietBeforeSeconds = 100) =>
      verdictOf({ after, change: { quietBeforeSeconds } });

    it('wants twice the quiet that it had before it came back', () => {
      expect(relapse(times(39, healthy))).toMatchObject({ verdict: 'pending', cleanWindows: 39, requiredWindows: 40 });
      expect(relapse(times(40, healthy)).verdict).toBe('recovered');
    });

    it('is not recovered when it comes back meanwhile, and does not wait for so long to say so', () => {
      const again = [...times(20, healthy), ...times(8, broken)];
      expect(relapse(again).verdict).not.toBe('recovered');
      expect(relapse(times(20, broken)).verdict).toBe('notRecovered');
    });

    it('is waited for anew where a moment disturbs its quiet, however late, and not for ever', () => {
      const quiet = times(150, healthy);
      const judged = (...after: readonly (readonly Values[])[]) => relapse(after.flat(), 600);
      expect(judged(quiet, times(1, uneasy), times(1, healthy)).verdict).toBe('pending');
      expect(judged(quiet, times(6, broken)).verdict, 'it is back').toBe('notRecovered');
      const goesOn = Array.from({ length: 7 }, () => [...times(1, uneasy), ...times(2, healthy)]).flat();
      expect(judged(quiet, goesOn).verdict, 'on and off').toBe('pending');
      expect(judged(quiet, goesOn, goesOn, goesOn).verdict, 'on and off for long').toBe('notRecovered');
      const again = [...quiet, ...times(1, uneasy)];
      expect(judged(again, again, again, again, times(1, uneasy))).toMatchObject({
        verdict: 'inconclusive',
        reason: 'all is well again and again, but not for as long as before it came back',
      });
    });

    it('is for a person to judge where so long a quiet cannot be waited for', () => {
      expect(relapse(times(12, healthy), 901)).toMatchObject({
        verdict: 'inconclusive',
        reason: 'all is well, but so it was for 15 min before it came back the last time',
      });
      expect(relapse(times(12, healthy), 900).verdict).toBe('pending');
    });
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

  it('does not take the off phase of an intermittent fault for recovery', () => {
    const flicker = [...times(4, broken), ...times(8, healthy), ...times(4, broken)];
    const quiet = verdictOf({ before: flicker, after: times(15, healthy) });
    expect(quiet).toMatchObject({ verdict: 'pending', requiredWindows: 16, longestQuietGapSeconds: 40 });
    expect(verdictOf({ before: flicker, after: times(16, healthy) }).verdict).toBe('recovered');
  });

  it('counts a quiet phase in which the act began, and one that ended after it', () => {
    const inQuiet = verdictOf({ before: [...times(6, broken), ...times(5, healthy)], after: times(9, healthy) });
    expect(inQuiet).toMatchObject({ verdict: 'pending', requiredWindows: 10 });
    const flared = verdictOf({ after: [...times(5, healthy), ...times(2, broken), ...times(9, healthy)] });
    expect(flared).toMatchObject({ verdict: 'pending', requiredWindows: 10, cleanWindows: 9 });
  });

  it('does not count a quiet stretch that parted two troubles', () => {
    const parted = (quietWindows: number) =>
      verdictOf({
        before: [...times(4, broken), ...times(quietWindows, healthy), ...times(6, broken)],
        after: times(12, healthy),
      });
    expect(parted(120)).toMatchObject({ verdict: 'pending', requiredWindows: 240 });
    expect(parted(121)).toMatchObject({ verdict: 'recovered', requiredWindows: 6 });
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

  describe('of a predicted incident', () => {
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
          foretold: { forecast: { ...forecast, ...usually }, series: new Set([disk.series.id]) },
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
});
