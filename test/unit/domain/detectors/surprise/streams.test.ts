import { describe, expect, it } from 'vitest';
import { scalar, viewOf } from '../../../../../lambdas/domain/detectors/surprise/layout.ts';
import {
  noSurprises,
  observeStreams,
  type StreamName,
  type Surprises,
} from '../../../../../lambdas/domain/detectors/surprise/streams.ts';
import { createSurpriseDetector } from '../../../../../lambdas/domain/detectors/surprise/surprise-detector.ts';

const monday = Date.UTC(2026, 0, 5);
const step = 600_000;
const perDay = 144;

/** What the streams say of each sample of a series with a sample every ten minutes, from a Monday on. */
function surprisesOf(length: number, value: (index: number, random: number) => number): Surprises[] {
  const view = viewOf(createSurpriseDetector().initial());
  view.scalars[scalar.random] = 1;
  let state = 7;
  return Array.from({ length }, (_, index) => {
    state = (state * 48_271) % 2_147_483_647;
    const out = noSurprises();
    observeStreams(view, monday + index * step, value(index, state / 2_147_483_647 - 0.5), index, out);
    return out;
  });
}

function highest(surprises: readonly Surprises[], stream: StreamName, from: number, to: number): number {
  return Math.max(...surprises.slice(from, to).map((each) => each[stream]));
}

const days = (count: number) => count * perDay;
const dayWave = (index: number) => 100 * Math.sin((index / perDay) * 2 * Math.PI);

describe('each stream sees its own kind of trouble', () => {
  it('novelty: a shape of ordinary values that was never seen', () => {
    const seen = surprisesOf(days(10), (index, random) =>
      index >= days(9) && index < days(9) + 8 ? (index % 2 === 0 ? 90 : -90) : dayWave(index) + random,
    );
    expect(highest(seen, 'novelty', days(9), days(9) + 9)).toBeGreaterThan(2.5);
    expect(highest(seen, 'novelty', days(8), days(9))).toBeLessThan(2.5);
  });

  it('envelope: an ordinary value at the wrong time of day', () => {
    const noon = days(9) + perDay / 2 + perDay / 4;
    const seen = surprisesOf(days(10), (index, random) => (index === noon ? 80 : dayWave(index) + 4 * random));
    expect(seen[noon]?.envelope).toBeGreaterThan(3);
    expect(highest(seen, 'envelope', days(8), noon)).toBeLessThan(3);
  });

  it('week: a working day on a Sunday', () => {
    const atWork = (index: number) => Math.floor(index / perDay) % 7 < 5;
    const sunday = days(27);
    const seen = surprisesOf(days(28), (index, random) => (atWork(index) || index >= sunday ? 100 : 10) + 4 * random);
    expect(highest(seen, 'week', sunday, days(28))).toBeGreaterThan(2.5);
    expect(highest(seen, 'week', days(21), sunday)).toBeLessThan(2.5);
  });

  it('level: a step that is smaller than the noise', () => {
    const seen = surprisesOf(days(20), (index, random) => 100 + 20 * random + (index >= days(19) ? 18 : 0));
    expect(highest(seen, 'level', days(19), days(20))).toBeGreaterThan(2.7);
    expect(highest(seen, 'level', days(15), days(19))).toBeLessThan(2.7);
  });

  it('change: a jump on a series that only wanders', () => {
    const seen = surprisesOf(days(10), (index, random) => 2 * dayWave(index) + random + (index >= days(9) ? 60 : 0));
    expect(seen[days(9)]?.change).toBeGreaterThan(3);
    expect(highest(seen, 'change', days(8), days(9))).toBeLessThan(3.2);
  });

  it('variability: a series that grows rough, or falls silent, about the same mean', () => {
    const rough = surprisesOf(days(10), (index, random) => 100 + (index >= days(9) ? 60 : 5) * random);
    expect(highest(rough, 'variability', days(9), days(10))).toBeGreaterThan(2.5);
    const silent = surprisesOf(days(10), (index, random) => 100 + (index >= days(9) ? 0.01 : 5) * random);
    expect(highest(silent, 'variability', days(9), days(10))).toBeGreaterThan(2.5);
    expect(highest(silent, 'variability', days(8), days(9))).toBeLessThan(2.5);
  });

  it('spikes: a single value far out, until such values are common', () => {
    const seen = surprisesOf(
      days(10),
      (index, random) => 100 + 5 * random + (index >= days(5) && index % 9 === 0 ? 60 : 0),
    );
    const first = seen.findIndex((_, index) => index >= days(5) && index % 9 === 0);
    expect(seen[first]?.spikes).toBeGreaterThan(2.5);
    expect(highest(seen, 'spikes', days(10) - 9, days(10))).toBeLessThan(2);
  });
});
