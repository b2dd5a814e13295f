import type { Change } from '../../lambdas/domain/topology/change.ts';
import { aLog, aMetric, serviceName, start } from './response-examples.ts';

export const aChange = (service: string, kind: Change['kind'], minutesBefore: number, text = 'v2') => ({
  type: 'change' as const,
  change: {
    id: `${service}-${kind}`,
    at: start - minutesBefore * 60_000,
    service: serviceName(service),
    instance: null,
    kind,
    actor: 'pipeline',
    from: 'v1',
    to: text,
    summary: `${kind} of ${service}: ${text}`,
  },
});

type Role = Parameters<typeof aMetric>[0]['role'];
/** A series of a whole service, by a step at the onset. */
export const moved = (service: string, role: Role, before: number, now: number) =>
  aMetric({ service, role, before, now });
/** An error in the logs, new since the onset. */
export const fails = (service: string, template: string) => aLog({ service, template });

/** Slow answers as callers see them. */
export const slow = (service: string, before: number, now: number) => moved(service, 'latency', before, now);
/** Failing requests, as many asked as ever. */
export const failing = (service: string, now: number) => [
  moved(service, 'requests', 500, 500),
  moved(service, 'errors', 1, now),
];
const everyInstance = (service: string, role: Role, before: number, now: number) =>
  ['one', 'two', 'three'].map((suffix) =>
    aMetric({ service, instance: `${service}-${suffix}`, role, before, now, shape: 'climb' }),
  );
/** Memory that is never given back, on every instance. */
export const leaking = (service: string) => [
  aMetric({ service, role: 'memory', before: 45, now: 88, shape: 'climb' }),
  ...everyInstance(service, 'memory', 45, 88),
  moved(service, 'garbageCollection', 10, 80),
];
/** One instance differs from its two siblings. */
export const oneInstance = (service: string, role: Role, before: number, now: number) => [
  aMetric({ service, instance: `${service}-one`, role, before, now: before }),
  aMetric({ service, instance: `${service}-two`, role, before, now }),
  aMetric({ service, instance: `${service}-three`, role, before, now: before }),
];
