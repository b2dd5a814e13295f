import type { Archive, Clock, Lessons, ModelChain, ModelGate, Transitions } from '../../ports.ts';

export type AskPorts = {
  readonly chain: ModelChain;
  readonly gate: ModelGate;
  readonly transitions: Pick<Transitions, 'fileLlmAction'>;
  readonly archive: Archive;
  readonly lessons: Pick<Lessons, 'about' | 'learn'>;
  readonly clock: Clock;
  /** 0 up to 1. */
  readonly random: () => number;
  readonly sleep: (milliseconds: number) => Promise<unknown>;
};
