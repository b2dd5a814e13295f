import type { IncidentId } from '../domain/ids.ts';

/** The state machine, one execution an incident. */
export type Orchestrator = {
  /** Starts the execution named by the incident id; starting it twice is one execution. */
  start(id: IncidentId): Promise<void>;
  /** `none` when there never was one. */
  status(id: IncidentId): Promise<'running' | 'ended' | 'none'>;
  /** Gives a waiting task its answer; false when the token is no longer known. */
  answer(token: string, result: PersonAnswer): Promise<boolean>;
};

export type PersonAnswer = { readonly answer: 'yes' | 'no' | 'done' | 'expired'; readonly by: string };
