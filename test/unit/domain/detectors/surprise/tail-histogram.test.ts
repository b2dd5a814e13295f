import { describe, expect, it } from 'vitest';
import { scalar, tail, viewOf } from '../../../../../lambdas/domain/detectors/surprise/layout.ts';
import { createSurpriseDetector } from '../../../../../lambdas/domain/detectors/surprise/surprise-detector.ts';
import { tailSurprise } from '../../../../../lambdas/domain/detectors/surprise/tail-histogram.ts';

const emptyView = () => viewOf(createSurpriseDetector().initial());

describe('the surprise of a magnitude', () => {
  it('is the decimal rarity of what was seen to reach it', () => {
    const view = emptyView();
    for (let sample = 0; sample < 1000; sample++) tailSurprise(view, tail.change, sample % 100 === 0 ? 64 : 1, sample);
    expect(tailSurprise(view, tail.change, 64, 1000)).toBeCloseTo(2, 1);
    expect(tailSurprise(view, tail.change, 1, 1001)).toBeLessThan(0.1);
    expect(tailSurprise(view, tail.change, 1e6, 1002)).toBeGreaterThan(5);
  });

  it('is nothing for none, and for the first of all half of its rarity', () => {
    const view = emptyView();
    expect(tailSurprise(view, tail.levelAbove, 0, 99)).toBe(0);
    expect(tailSurprise(view, tail.levelAbove, 5, 99)).toBeCloseTo(1);
  });

  it('makes room above without losing a count', () => {
    const view = emptyView();
    for (let sample = 0; sample < 50; sample++) tailSurprise(view, tail.novelty, 1e-9, sample);
    tailSurprise(view, tail.novelty, 1e9, 50);
    expect(view.scalars[scalar.tails + 1]).toBe(51);
    expect(view.counts.slice(0, 40).reduce((sum, count) => sum + count, 0)).toBe(51);
    expect(tailSurprise(view, tail.novelty, 1e9, 51)).toBeCloseTo(Math.log10(52), 1);
  });

  it('forgets half before a count outgrows its bits, and judges as before', () => {
    const view = emptyView();
    for (let sample = 0; sample < 40_000; sample++)
      tailSurprise(view, tail.change, sample % 1000 === 0 ? 64 : 1, sample);
    expect(Math.max(...view.counts)).toBeLessThan(32_000);
    expect(tailSurprise(view, tail.change, 64, 40_000)).toBeCloseTo(3, 1);
  });
});
