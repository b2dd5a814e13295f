import { z } from 'zod';
import { forecastSchema } from '../forecast/forecast.ts';
import { incidentIdSchema, seriesIdSchema, serviceNameSchema } from '../ids.ts';
import { seriesSchema } from '../signal/series.ts';

export const incidentStates = [
  'open',
  'diagnosing',
  'awaitingApproval',
  'awaitingReview',
  'manual',
  'remediating',
  'verifying',
  'resolved',
  'escalated',
] as const;
export const incidentStateSchema = z.enum(incidentStates);
export type IncidentState = z.infer<typeof incidentStateSchema>;

/** `observed`: something is wrong. `predicted`: a forecast says that something will be; so it stays when it comes true. */
export const incidentKinds = ['observed', 'predicted'] as const;
export type IncidentKind = (typeof incidentKinds)[number];

/** No transition leaves these. */
export const terminalStates = ['resolved', 'escalated'] as const satisfies readonly IncidentState[];

/**
 * The incident's own measure of health: what was expected of a series as of
 * before onset, the part of its detector's state that bands come from. Bodies live in the archive; see `yardstickKey`.
 */
export const yardstickSchema = z.object({
  series: seriesSchema,
  /** Version of the expectation. */
  detectorVersion: z.int(),
  /** The expectation (see detectors/expectation.ts), from before onset. */
  state: z.array(z.number()),
  /** `anomalous`: it alarmed. `caller`: success, latency or demand of the service or of one that calls it. */
  reason: z.enum(['anomalous', 'caller']),
});
export type Yardstick = z.infer<typeof yardstickSchema>;

export const incidentSchema = z.object({
  id: incidentIdSchema,
  /** How it came to be opened. Rows from before forecasts have none. */
  kind: z.enum(incidentKinds).default('observed'),
  state: incidentStateSchema,
  /** Grows by one with every transition; a re-fired anomaly does not touch it. */
  version: z.int().min(1),
  /** The service whose trouble best explains the others', by time and call graph. */
  service: serviceNameSchema,
  /** Every service with an anomaly in it when it opened. */
  services: z.array(serviceNameSchema),
  /** Name of the family for finding past incidents alike: service and the roles that spoke. */
  family: z.string(),
  /** Start of the earliest anomalous period, epoch milliseconds. */
  onset: z.number(),
  openedAt: z.number(),
  updatedAt: z.number(),
  closedAt: z.number().nullable(),
  /** Merchants (tenants) named in failing requests; null before evidence was gathered. */
  merchantsHurt: z.int().nullable(),
  /** Remediation attempts begun, 0 to 3. */
  attempt: z.int().min(0),
  title: z.string(),
  yardstickKey: z.string(),
  evidenceKey: z.string().nullable(),
  /** Series ids alarming at opening. */
  series: z.array(seriesIdSchema),
  /** What a predicted incident foretold when it opened; null for an observed one. */
  forecast: forecastSchema.nullable().default(null),
  /** The resolved incident whose trouble has come back in this one; null for other trouble. */
  relapseOf: incidentIdSchema.nullable().default(null),
  /** Why it ended as it did; null while it lives. */
  closing: z.string().nullable(),
});
export type Incident = z.infer<typeof incidentSchema>;
