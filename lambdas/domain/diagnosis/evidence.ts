import { z } from 'zod';
import { bandSchema, directions } from '../anomaly/anomaly.ts';
import { evidenceIdSchema, incidentIdSchema, instanceIdSchema, serviceNameSchema } from '../ids.ts';
import { logLevels } from '../signal/log-templates/line-level.ts';
import { metricRoles } from '../signal/series.ts';
import { addressingKinds } from '../signal/untrusted/addressing.ts';
import { changeSchema } from '../topology/change.ts';
import { topologySchema } from '../topology/topology.ts';
import { mechanismSchema } from './mechanism.ts';

const id = evidenceIdSchema;

/** A metric around onset: what it was, what it is. */
export const metricEvidenceSchema = z.object({
  type: z.literal('metric'),
  id,
  service: serviceNameSchema,
  instance: instanceIdSchema.nullable(),
  metric: z.string(),
  role: z.enum(metricRoles),
  /** Null where the series stayed inside its band. */
  direction: z.enum(directions).nullable(),
  band: bandSchema,
  /** Mean over the ten minutes (or what there is) before onset. */
  before: z.number().nullable(),
  /** Mean over the newest third of the window after onset; null when samples are missing. */
  now: z.number().nullable(),
  peak: z.number().nullable(),
  /** It rises steadily towards its limit, as a forecast found, in or out of its band. */
  foretold: z.literal(true).optional(),
  /** First period out of band, epoch milliseconds. */
  onset: z.number().nullable(),
  /** Robust slope since onset, units per minute. */
  slopePerMinute: z.number().nullable(),
  /** The window itself, oldest first, at most 120 samples of [epoch ms, value]. */
  window: z.array(z.tuple([z.number(), z.number()])),
});

/** A log template (ids, numbers and paths masked) with its rate before and since onset. */
export const logEvidenceSchema = z.object({
  type: z.literal('log'),
  id,
  service: serviceNameSchema,
  template: z.string(),
  level: z.enum(logLevels),
  perMinuteBefore: z.number(),
  perMinuteSince: z.number(),
  /** Instances that wrote it since onset. */
  instances: z.array(instanceIdSchema),
  /** Merchants named in it since onset. */
  merchants: z.array(z.string()),
  firstSeen: z.number(),
  /** Repeated parameter values (a message key, a peer, a zone) with the share of lines naming them. */
  recurring: z.array(z.object({ value: z.string(), share: z.number() })),
  /** One masked, shortened line. */
  sample: z.string(),
  /** How lines of it address whoever reads them; empty for what programs write. */
  addressing: z.array(z.enum(addressingKinds)).default([]),
});

export const changeEvidenceSchema = z.object({ type: z.literal('change'), id, change: changeSchema });

export const topologyEvidenceSchema = z.object({ type: z.literal('topology'), id, topology: topologySchema });

/** An earlier incident alike and how it verifiably ended; `relapsed`: it was resolved, and its trouble came back. */
export const pastIncidentEvidenceSchema = z.object({
  type: z.literal('pastIncident'),
  id,
  incidentId: incidentIdSchema,
  service: serviceNameSchema,
  mechanism: mechanismSchema.nullable(),
  runbooks: z.array(z.string()),
  outcome: z.enum(['resolved', 'relapsed', 'escalated']),
  closedAt: z.number(),
});

export const evidenceSchema = z.discriminatedUnion('type', [
  metricEvidenceSchema,
  logEvidenceSchema,
  changeEvidenceSchema,
  topologyEvidenceSchema,
  pastIncidentEvidenceSchema,
]);
export type Evidence = z.infer<typeof evidenceSchema>;
export type MetricEvidence = z.infer<typeof metricEvidenceSchema>;
export type LogEvidence = z.infer<typeof logEvidenceSchema>;

/** Text in the telemetry that talks to its reader, as an attack would. It counts for nothing and is shown to people. */
export const findingSchema = z.object({
  kinds: z.array(z.enum(addressingKinds)).min(1),
  source: z.enum(['log', 'metric', 'change', 'topology', 'title']),
  service: serviceNameSchema.nullable(),
  /** The item that holds it; null where it was not among the most telling. */
  evidence: id.nullable(),
  /** Its beginning, masked and without control characters. */
  excerpt: z.string().max(200),
});
export type Finding = z.infer<typeof findingSchema>;

/** Everything a diagnosis may cite, frozen; kept whole in the archive. */
export const evidenceBundleSchema = z.object({
  incidentId: incidentIdSchema,
  frozenAt: z.number(),
  /** Start of the incident's trouble, epoch milliseconds. */
  onset: z.number(),
  /** Seconds between samples of the metric windows. */
  periodSeconds: z.number(),
  items: z.array(evidenceSchema),
  findings: z.array(findingSchema).default([]),
  /** Services whose log answered so slowly that not all lines since onset could be read. */
  unread: z.array(serviceNameSchema).default([]),
  /** So many series could not be read: that they are not among the items says nothing of them. */
  unreadSeries: z.int().min(0).default(0),
});
export type EvidenceBundle = z.infer<typeof evidenceBundleSchema>;
