import type { Experience, Lesson, LessonKey } from '../domain/reasoning/failure/lesson.ts';

/** What was learnt about failures of models: which strategy helped after which. */
export type Lessons = {
  /** One for each strategy that was tried after such a failure. */
  about(key: LessonKey): Promise<readonly Lesson[]>;
  /** Counts one more experience; many may at once. */
  learn(experience: Experience): Promise<void>;
  list(): Promise<readonly Lesson[]>;
  /** Forgets all of them, and says how many there were. */
  clear(): Promise<number>;
};
