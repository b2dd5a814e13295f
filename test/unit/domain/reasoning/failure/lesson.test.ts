import { describe, expect, it } from 'vitest';
import { bestLesson, type Lesson } from '../../../../../lambdas/domain/reasoning/failure/lesson.ts';

const lesson = (change: Partial<Lesson>): Lesson => ({
  purpose: 'plan',
  provider: 'gemini',
  errorClass: 'syntax',
  strategy: 'promptAdjustment',
  changes: { adjustments: ['jsonOnly'], maximumEvidence: null, simplerSchema: false },
  tried: 1,
  worked: 1,
  at: 0,
  ...change,
});

describe('what is tried first', () => {
  it('is what helped most of the time, and more surely what was tried more often', () => {
    const often = lesson({ strategy: 'simplify', tried: 9, worked: 8 });
    expect(bestLesson([lesson({}), often], [])).toBe(often);
    expect(bestLesson([lesson({ tried: 9, worked: 4 }), lesson({ strategy: 'simplify' })], [])?.strategy).toBe(
      'simplify',
    );
  });

  it('is nothing that was tried already, or that did not help more often than not', () => {
    expect(bestLesson([lesson({})], ['promptAdjustment'])).toBeNull();
    expect(
      bestLesson([lesson({ tried: 1, worked: 0 }), lesson({ strategy: 'simplify', tried: 8, worked: 4 })], []),
    ).toBeNull();
    expect(bestLesson([], [])).toBeNull();
  });

  it('is of equals the one that was tried last', () => {
    const newer = lesson({ strategy: 'simplify', at: 5 });
    expect(bestLesson([lesson({}), newer], [])).toBe(newer);
  });
});
