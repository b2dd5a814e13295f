import type { Archive } from '../../ports/archive.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Ids } from '../../ports/ids.ts';
import type { ModelChain } from '../../ports/language-model.ts';
import type { Lessons } from '../../ports/lessons.ts';
import type { ModelGate } from '../../ports/model-gate.ts';
import type { Transitions } from '../../ports/transitions.ts';

export type AskPorts = {
  readonly chain: ModelChain;
  readonly gate: ModelGate;
  readonly transitions: Pick<Transitions, 'fileLlmAction'>;
  readonly archive: Archive;
  readonly lessons: Pick<Lessons, 'about' | 'learn'>;
  readonly clock: Clock;
  /** What marks of calls are drawn from; not to be foreseen by whoever writes telemetry. */
  readonly ids: Pick<Ids, 'next'>;
  /** 0 up to 1. */
  readonly random: () => number;
  readonly sleep: (milliseconds: number) => Promise<unknown>;
};
