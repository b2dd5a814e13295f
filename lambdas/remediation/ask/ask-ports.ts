import type { Archive, Clock, Ids, Lessons, ModelChain, ModelGate, Transitions } from '../../ports.ts';

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
