import { describe, expect, it } from 'vitest';
import { anomalyOf } from '../../../../lambdas/domain/anomaly/anomaly-of.ts';
import { observeSample } from '../../../../lambdas/domain/anomaly/judge-sample.ts';
import { expectationBefore } from '../../../../lambdas/domain/anomaly/snapshots.ts';
import { expectationOf, newWatch, snapshotsOf, type Watch } from '../../../../lambdas/domain/anomaly/watch.ts';
import { bandOf } from '../../../../lambdas/domain/detectors/expectation.ts';
import { toleranceOf } from '../../../../lambdas/domain/detectors/role-tolerance.ts';
import { exampleSeries } from '../../../support/detection-examples.ts';

const second = 1000;
const hour = 3600;

function feed(watch: Watch, from: number, to: number, value: (at: number) => number, quietly = false): void {
  for (let at = from; at < to; at += 5) observeSample(watch, { at: at * second, value: value(at) }, 5, { quietly });
}

function learnt(): Watch {
  const watch = newWatch(exampleSeries('checkout', 'latency', 'Average'), 0);
  feed(watch, 5, 2 * hour, (at) => 100 + (at % 7), true);
  return watch;
}

describe('a watched series', () => {
  it('tells of an anomaly from its first period out of band to its last', () => {
    const watch = learnt();
    expect(anomalyOf(watch, 0)).toBeNull();
    feed(watch, 2 * hour, 2 * hour + 60, () => 900);
    feed(watch, 2 * hour + 60, 2 * hour + 300, () => 100);
    expect(anomalyOf(watch, 0)).toMatchObject({
      direction: 'above',
      observed: 900,
      onset: 2 * hour * second,
      lastSeen: (2 * hour + 60) * second,
    });
    expect(anomalyOf(watch, (2 * hour + 61) * second)).toBeNull();
  });

  it('holds the bursts of one intermittent trouble together, and a later trouble apart', () => {
    const watch = learnt();
    feed(watch, 2 * hour, 2 * hour + 60, () => 900);
    feed(watch, 2 * hour + 60, 2 * hour + 150, () => 100);
    feed(watch, 2 * hour + 150, 2 * hour + 240, () => 900);
    expect(anomalyOf(watch, 0)?.onset).toBe(2 * hour * second);
    feed(watch, 2 * hour + 240, 3 * hour, () => 100);
    feed(watch, 3 * hour, 3 * hour + 60, () => 900);
    expect(anomalyOf(watch, 0)?.onset).toBe(3 * hour * second);
  });

  it('raises nothing from history', () => {
    const watch = learnt();
    feed(watch, 2 * hour, 2 * hour + 600, () => 900, true);
    expect(anomalyOf(watch, 0)).toBeNull();
  });

  it('ignores periods that it has judged already', () => {
    const watch = learnt();
    const before = watch.record.slice();
    feed(watch, hour, 2 * hour, () => 900);
    expect(watch.record).toEqual(before);
  });

  it('keeps what was expected before the onset while trouble lasts', () => {
    const watch = learnt();
    const calm = bandOf(expectationOf(watch), toleranceOf.latency);
    feed(watch, 2 * hour, 2 * hour + 2400, () => 900);
    const onset = anomalyOf(watch, 0)?.onset ?? 0;
    const before = expectationBefore(snapshotsOf(watch), onset, false);
    expect(before).not.toBeNull();
    const band = bandOf(before ?? expectationOf(watch), toleranceOf.latency);
    expect(Math.abs(band.high - calm.high)).toBeLessThan(2);
    expect(bandOf(expectationOf(watch), toleranceOf.latency).high).toBeGreaterThan(1.05 * calm.high);
  });

  it('has older and younger copies, and none before it was first seen', () => {
    const watch = learnt();
    const snapshots = snapshotsOf(watch);
    const onset = 2 * hour * second;
    expect(expectationBefore(snapshots, onset, true)).not.toEqual(expectationBefore(snapshots, onset, false));
    expect(expectationBefore(snapshots, 30 * second, false)).toBeNull();
  });
});
