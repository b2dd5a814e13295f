import { describe, expect, it } from 'vitest';
import { groupingAccuracy } from '../../../../bench/logs/grouping-accuracy.ts';

describe('grouping accuracy', () => {
  it('counts the lines of groups that are exactly right', () => {
    expect(groupingAccuracy(['a', 'a', 'b', 'c'], ['x', 'x', 'y', 'y'])).toBe(0.5);
    expect(groupingAccuracy(['a', 'a', 'a', 'b'], ['x', 'x', 'y', 'z'])).toBe(0.25);
    expect(groupingAccuracy(['b', 'a'], ['x', 'y'])).toBe(1);
  });

  it('is no number for no lines, which are not grouped well', () => {
    expect(groupingAccuracy([], [])).toBeNaN();
  });
});
