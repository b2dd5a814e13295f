import { beforeEach, describe, expect, it } from 'vitest';
import type { Experience } from '../../lambdas/domain/reasoning/failure/lesson.ts';
import type { Lessons } from '../../lambdas/ports/lessons.ts';

const at = Date.UTC(2026, 2, 3, 10);
const changes = { adjustments: ['jsonOnly' as const], maximumEvidence: null, simplerSchema: false };
const smaller = { adjustments: [], maximumEvidence: 12, simplerSchema: true };

/** What every Lessons must do. */
export const describeLessons = (kind: string, make: () => Promise<Lessons>): void => {
  describe(`lessons: ${kind}`, () => {
    let lessons: Lessons;
    beforeEach(async () => {
      lessons = await make();
      await lessons.clear();
    });
    const experience = (change: Partial<Experience> = {}): Experience => ({
      purpose: 'plan',
      provider: 'openai:groq',
      errorClass: 'syntax',
      strategy: 'promptAdjustment',
      changes,
      worked: true,
      at,
      ...change,
    });
    const key = { purpose: 'plan', provider: 'openai:groq', errorClass: 'syntax' } as const;

    it('knows nothing at first', async () => {
      expect(await lessons.about(key)).toEqual([]);
      expect(await lessons.list()).toEqual([]);
      expect(await lessons.clear()).toBe(0);
    });

    it('counts how often a strategy was tried and helped', async () => {
      await lessons.learn(experience());
      await lessons.learn(experience({ worked: false, changes: smaller, at: at + 1000 }));
      const { worked: _, ...known } = experience();
      expect(await lessons.about(key)).toEqual([{ ...known, tried: 2, worked: 1, at: at + 1000 }]);
    });

    it('keeps the changes that helped last', async () => {
      await lessons.learn(experience({ worked: false }));
      await lessons.learn(experience({ changes: smaller }));
      expect(await lessons.about(key)).toMatchObject([{ changes: smaller, tried: 2, worked: 1 }]);
    });

    it('loses nothing of what many learn at once', async () => {
      await Promise.all(
        Array.from({ length: 12 }, (_, index) => lessons.learn(experience({ worked: index % 3 === 0 }))),
      );
      expect(await lessons.about(key)).toMatchObject([{ tried: 12, worked: 4 }]);
    });

    it('keeps failures, providers and purposes apart', async () => {
      await lessons.learn(experience());
      await lessons.learn(experience({ strategy: 'simplify', changes: smaller }));
      await lessons.learn(experience({ errorClass: 'schema' }));
      await lessons.learn(experience({ provider: 'openai' }));
      await lessons.learn(experience({ purpose: 'diagnose' }));
      expect((await lessons.about(key)).map(({ strategy }) => strategy).sort()).toEqual([
        'promptAdjustment',
        'simplify',
      ]);
      expect(await lessons.about({ ...key, provider: 'openai' })).toHaveLength(1);
      expect(await lessons.list()).toHaveLength(5);
    });

    it('forgets all of it when it is cleared', async () => {
      await lessons.learn(experience());
      await lessons.learn(experience({ errorClass: 'schema' }));
      expect(await lessons.clear()).toBe(2);
      expect(await lessons.list()).toEqual([]);
    });
  });
};
