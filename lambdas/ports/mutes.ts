import type { Mute, MuteAudit } from '../domain/mute/mute.ts';

/** What people have muted. Whether a mute has run out is judged by its row, never by whether the row is there. */
export type Mutes = {
  /** Files it with the line of who made it. */
  add(mute: Mute, line: MuteAudit): Promise<void>;
  /** Those that are active at `now` or still to come. */
  list(now: number): Promise<readonly Mute[]>;
  /** Ends it at the time of the line; false when there is none, or it was over, and then nothing is written. */
  end(id: string, line: MuteAudit): Promise<boolean>;
  /** Who did what, oldest first. */
  audit(): Promise<readonly MuteAudit[]>;
};
