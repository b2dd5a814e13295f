import { z } from 'zod';
import type { Anomaly } from '../anomaly/anomaly.ts';
import { incidentIdSchema, seriesIdSchema, serviceNameSchema } from '../ids.ts';

/** What is not listened to. */
export const muteScopeSchema = z.discriminatedUnion('of', [
  z.object({ of: z.literal('service'), service: serviceNameSchema }),
  z.object({ of: z.literal('series'), series: seriesIdSchema }),
  z.object({ of: z.literal('workload') }),
  /** The anomalies of an incident that a person called normal, by fingerprint: series and side. `family` is for people to read and covers nothing. */
  z.object({
    of: z.literal('incident'),
    incidentId: incidentIdSchema,
    family: z.string(),
    fingerprints: z.array(z.string().min(1)).min(1),
  }),
]);
export type MuteScope = z.infer<typeof muteScopeSchema>;

/** Signals that a person has muted for a time: they open nothing and join nothing. Times are epoch milliseconds. */
export const muteSchema = z.object({
  id: z.string().regex(/^[0-9A-HJKMNP-TV-Z]{26}$/),
  why: z.enum(['mute', 'maintenance', 'normal']),
  scope: muteScopeSchema,
  from: z.number(),
  until: z.number(),
  reason: z.string().min(1),
  by: z.string().min(1),
  madeAt: z.number(),
});
export type Mute = z.infer<typeof muteSchema>;

/** Who did what about a mute. */
export const muteAuditSchema = z.object({
  at: z.number(),
  by: z.string(),
  did: z.enum(['muted', 'unmuted']),
  muteId: z.string(),
  message: z.string(),
});
export type MuteAudit = z.infer<typeof muteAuditSchema>;

/** The row decides: one that has run out counts for nothing, whether or not it was deleted. */
export const isActive = ({ from, until }: Mute, now: number): boolean => from <= now && now < until;

export const isOver = ({ until }: Mute, now: number): boolean => now >= until;

/** Whether one of the mutes that are active at `now` covers the anomaly. */
export const isMuted = (anomaly: Anomaly, mutes: readonly Mute[], now: number): boolean =>
  mutes.some((mute) => isActive(mute, now) && covers(mute.scope, anomaly));

function covers(scope: MuteScope, { service, series, fingerprint }: Anomaly): boolean {
  switch (scope.of) {
    case 'service':
      return scope.service === service;
    case 'series':
      return scope.series === series;
    case 'workload':
      return true;
    case 'incident':
      return scope.fingerprints.includes(fingerprint);
  }
}

/** What is muted, in words. */
export function scopeText(scope: MuteScope): string {
  switch (scope.of) {
    case 'service':
      return scope.service;
    case 'series':
      return scope.series;
    case 'workload':
      return 'the whole workload';
    case 'incident':
      return `the ${scope.fingerprints.length} anomalies of ${scope.incidentId} (${scope.family})`;
  }
}
