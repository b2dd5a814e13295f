import type { ModelPurpose } from '../../domain/audit/llm-action.ts';
import type { ModelBrief } from '../../ports/language-model.ts';
import type { FinishedCall } from './finished-calls.ts';
import type { Task } from './task.ts';

/** One thing that is asked within one attempt of one incident. All state of asking is here and in what is archived. */
export type Question<Value> = {
  readonly task: Task<Value>;
  readonly brief: ModelBrief;
  readonly attempt: number;
  /** Whose failure a question of purpose `diagnostic` is about; null for the others. */
  readonly about: ModelPurpose | null;
  /** When the last reply must be here, epoch milliseconds; infinite when nobody waits. */
  readonly deadline: number;
  /** By name: the calls that ended before this began. */
  readonly finished: ReadonlyMap<string, FinishedCall>;
};
