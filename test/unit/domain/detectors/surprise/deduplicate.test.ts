import { describe, expect, it } from 'vitest';
import { deduplicate } from '../../../../../lambdas/domain/detectors/surprise/deduplicate.ts';
import { viewOf } from '../../../../../lambdas/domain/detectors/surprise/layout.ts';
import { createSurpriseDetector } from '../../../../../lambdas/domain/detectors/surprise/surprise-detector.ts';

function alarmsOf(levels: readonly number[], perDay: number): number[] {
  const view = viewOf(createSurpriseDetector().initial());
  return levels.flatMap((level, index) => (deduplicate(view, level, perDay) > 0 ? [index] : []));
}
const hourly = 24;
const fine = 1440;
const lasting = (level: number, length: number) => new Array<number>(length).fill(level);

describe('de-duplication', () => {
  it('alarms at the start of a trouble, and again when it gets much worse', () => {
    expect(alarmsOf([7, 7.2, 7.4, 7.5, 8.2, 8.3], fine)).toEqual([0, 4]);
  });

  it('stays silent for as long as a trouble lasts on an hourly series', () => {
    expect(alarmsOf(lasting(7, 200), hourly)).toEqual([0]);
  });

  it('reminds of a trouble that lasts on a fine series, after a while', () => {
    const [, second] = alarmsOf(lasting(7, 200), fine);
    expect(second).toBeGreaterThan(60);
    expect(second).toBeLessThan(100);
  });

  it('alarms afresh some time after the trouble is over', () => {
    expect(alarmsOf([7, ...lasting(4, 2), 7], hourly)).toEqual([0]);
    expect(alarmsOf([7, ...lasting(4, 5), 7], hourly)).toEqual([0, 6]);
    expect(alarmsOf([7, ...lasting(4, 40), 7], fine)).toEqual([0, 41]);
  });

  it('says nothing below 0', () => {
    expect(alarmsOf([-1, -0.5], hourly)).toEqual([]);
  });
});
