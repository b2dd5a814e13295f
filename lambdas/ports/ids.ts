import type { IncidentId } from '../domain/ids.ts';

export type Ids = {
  /** A fresh incident id: a ULID, so that ids sort by time of opening. */
  incident(): IncidentId;
  /** A fresh ULID for rows that need an order. */
  next(): string;
};
