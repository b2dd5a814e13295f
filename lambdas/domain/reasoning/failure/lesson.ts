import { z } from 'zod';
import { llmErrorClasses, modelPurposes } from '../../audit/llm-action.ts';
import { changesSchema, type FailureStrategy, failureStrategies } from './failure-diagnosis.ts';

/** What a failure is remembered by. */
export const lessonKeySchema = z.object({
  purpose: z.enum(modelPurposes),
  provider: z.string().min(1),
  errorClass: z.enum(llmErrorClasses),
});
export type LessonKey = z.infer<typeof lessonKeySchema>;

/** How often a strategy was tried after such a failure, and how often it helped. */
export const lessonSchema = lessonKeySchema.extend({
  strategy: z.enum(failureStrategies),
  /** Those that helped last, or were tried last while none has. */
  changes: changesSchema,
  tried: z.int().min(1),
  worked: z.int().min(0),
  /** When it was tried last, epoch milliseconds. */
  at: z.number(),
});
export type Lesson = z.infer<typeof lessonSchema>;

/** What came of a strategy once. */
export type Experience = LessonKey & Pick<Lesson, 'strategy' | 'changes' | 'at'> & { readonly worked: boolean };

/** The rate at which it helped, held back by Laplace's rule of succession: (worked + 1) / (tried + 2). */
const rate = ({ worked, tried }: Lesson): number => (worked + 1) / (tried + 2);

/** The strategy that helped most after such a failure and was not tried yet; null when none has more often than not. */
export const bestLesson = (lessons: readonly Lesson[], tried: readonly FailureStrategy[]): Lesson | null =>
  lessons
    .filter((lesson) => rate(lesson) > 0.5 && !tried.includes(lesson.strategy))
    .sort((left, right) => rate(right) - rate(left) || right.at - left.at)[0] ?? null;

/** The lesson after one more experience. */
export const learnFrom = (before: Lesson | null, { worked, ...experience }: Experience): Lesson => ({
  ...experience,
  changes: worked || before === null ? experience.changes : before.changes,
  tried: (before?.tried ?? 0) + 1,
  worked: (before?.worked ?? 0) + (worked ? 1 : 0),
});
