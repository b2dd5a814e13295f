import { z } from 'zod';

/**
 * Branded identifiers. A plain string cannot be passed where one of these is
 * wanted; the only way to obtain one is to parse it at an edge or to mint it.
 */
export const incidentIdSchema = z
  .string()
  .regex(/^[0-9A-HJKMNP-TV-Z]{26}$/, 'an incident id is a ULID of 26 characters')
  .brand<'IncidentId'>();
export type IncidentId = z.infer<typeof incidentIdSchema>;

export const serviceNameSchema = z
  .string()
  .regex(/^[a-z][a-z0-9-]{0,62}$/, 'a service name is lower case letters, digits and hyphens')
  .brand<'ServiceName'>();
export type ServiceName = z.infer<typeof serviceNameSchema>;

export const instanceIdSchema = z.string().min(1).max(80).brand<'InstanceId'>();
export type InstanceId = z.infer<typeof instanceIdSchema>;

/** Stable name of a metric series: `namespace|metric|dimension=value|statistic`. */
export const seriesIdSchema = z.string().min(1).max(500).brand<'SeriesId'>();
export type SeriesId = z.infer<typeof seriesIdSchema>;

/** Names one piece of evidence within one incident, for example `E7`. */
export const evidenceIdSchema = z
  .string()
  .regex(/^E[1-9][0-9]{0,3}$/, 'an evidence id is E followed by a number')
  .brand<'EvidenceId'>();
export type EvidenceId = z.infer<typeof evidenceIdSchema>;
