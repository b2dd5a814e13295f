import { type Lesson, type LessonKey, learnFrom } from '../../domain/reasoning/failure/lesson.ts';
import type { Lessons } from '../../ports/lessons.ts';

export const memoryLessons = (): Lessons => {
  const rows = new Map<string, Lesson>();
  const keyOf = ({ purpose, provider, errorClass }: LessonKey) => `${purpose}#${provider}#${errorClass}`;
  return {
    about: async (key) => [...rows.values()].filter((lesson) => keyOf(lesson) === keyOf(key)),
    learn: async (experience) => {
      const key = `${keyOf(experience)}#${experience.strategy}`;
      rows.set(key, learnFrom(rows.get(key) ?? null, experience));
    },
    list: async () => [...rows.values()],
    clear: async () => {
      const cleared = rows.size;
      rows.clear();
      return cleared;
    },
  };
};
