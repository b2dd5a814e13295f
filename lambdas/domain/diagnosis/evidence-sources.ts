import type { z } from 'zod';
import type { Band } from '../anomaly/anomaly.ts';
import type { SeriesId, ServiceName } from '../ids.ts';
import type { Incident, Yardstick } from '../incident/incident.ts';
import type { LogLine, ReadingEnd, SamplesBySeries, Series } from '../signal/series.ts';
import type { Change } from '../topology/change.ts';
import type { Topology } from '../topology/topology.ts';
import type { pastIncidentEvidenceSchema } from './evidence.ts';

export type PastIncident = Omit<z.infer<typeof pastIncidentEvidenceSchema>, 'id' | 'type'>;

/** What evidence is made of. */
export type EvidenceSources = {
  readonly incident: Incident;
  readonly yardsticks: readonly Yardstick[];
  /** What the frozen detector state of a yardstick expects at a time. */
  readonly band: (yardstick: Yardstick, at: number) => Band;
  /** Series to look at: those of the services around the incident. */
  readonly series: readonly Series[];
  /** From `from` to `to`; what could not be read is absent, and no evidence of anything. */
  readonly samples: SamplesBySeries;
  readonly logs: readonly LogLine[];
  /** From when on these are all lines of a service, and how reading them ended. */
  readonly logsRead: ReadonlyMap<ServiceName, { readonly from: number; readonly end: ReadingEnd }>;
  readonly changes: readonly Change[];
  readonly topology: Topology;
  /** Series whose trends lead to their limits. */
  readonly foretold: ReadonlySet<SeriesId>;
  readonly past: readonly PastIncident[];
  /** Start of what was read, some minutes before onset. */
  readonly from: number;
  /** Up to here telemetry has settled. */
  readonly to: number;
  readonly periodSeconds: number;
};
