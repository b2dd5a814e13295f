import type { EvidenceBundle } from '../../lambdas/domain/diagnosis/evidence.ts';
import type { Change } from '../../lambdas/domain/topology/change.ts';
import { aBundle, aLog, aMetric, serviceName, start } from './response-examples.ts';

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

/** Slow answers as callers see them. */
export const slow = (service: string, before: number, now: number) =>
  aMetric({ service, role: 'latency', before, now });
const failing = (service: string, now: number) => [
  aMetric({ service, role: 'requests', before: 500, now: 500 }),
  aMetric({ service, role: 'errors', before: 1, now }),
];
const everyInstance = (service: string, role: Parameters<typeof aMetric>[0]['role'], before: number, now: number) =>
  ['one', 'two', 'three'].map((suffix) =>
    aMetric({ service, instance: `${service}-${suffix}`, role, before, now, shape: 'climb' }),
  );
/** One instance differs from its two siblings. */
const oneInstance = (service: string, role: Parameters<typeof aMetric>[0]['role'], before: number, now: number) => [
  aMetric({ service, instance: `${service}-one`, role, before, now: before }),
  aMetric({ service, instance: `${service}-two`, role, before, now }),
  aMetric({ service, instance: `${service}-three`, role, before, now: before }),
];

export type Situation = readonly [string, EvidenceBundle, string, string, string | null];

/** What these evidence bundles say follows from how services fail, whatever they are called. */
export const situations: readonly Situation[] = [
  [
    'one instance computes without end',
    aBundle([
      ...oneInstance('middle', 'cpu', 30, 98),
      aMetric({ service: 'middle', role: 'cpu', before: 30, now: 55 }),
      aMetric({ service: 'middle', role: 'requests', before: 500, now: 500 }),
      slow('middle', 80, 200),
      slow('front', 100, 210),
    ]),
    'runawayWork',
    'middle',
    'replace-instance',
  ],
  [
    'more customers than ever',
    aBundle([
      aMetric({ service: 'front', role: 'requests', before: 500, now: 1000 }),
      aMetric({ service: 'middle', role: 'requests', before: 500, now: 1000 }),
      aMetric({ service: 'front', role: 'cpu', before: 40, now: 85 }),
      aMetric({ service: 'middle', role: 'cpu', before: 40, now: 80, after: 5 }),
      slow('front', 80, 300),
    ]),
    'demandSurge',
    'front',
    'scale-out',
  ],
  [
    'a deploy that fails',
    aBundle([
      ...failing('middle', 150),
      aLog({ service: 'middle', template: 'TypeError: undefined is not a function' }),
      aChange('middle', 'deploy', 1),
      aChange('store', 'deploy', 200),
    ]),
    'badDeploy',
    'middle',
    'roll-back-deploy',
  ],
  [
    'a setting that is lost',
    aBundle([
      ...failing('middle', 150),
      aLog({ service: 'middle', template: 'missing required setting price.table' }),
      aChange('middle', 'config', 1),
    ]),
    'badConfig',
    'middle',
    'restore-config',
  ],
  [
    'memory that is never given back',
    aBundle([
      aMetric({ service: 'middle', role: 'memory', before: 45, now: 88, shape: 'climb' }),
      ...everyInstance('middle', 'memory', 45, 88),
      aMetric({ service: 'middle', role: 'garbageCollection', before: 10, now: 80 }),
      slow('middle', 80, 130),
    ]),
    'leak',
    'middle',
    'restart-service',
  ],
  [
    'a disk that fills',
    aBundle([
      aMetric({ service: 'middle', role: 'disk', before: 50, now: 94, shape: 'climb' }),
      aLog({ service: 'middle', template: 'log volume <path> at <n>', level: 'warn' }),
    ]),
    'unboundedGrowth',
    'middle',
    'rotate-logs',
  ],
  [
    'a dependency that refuses',
    aBundle([
      aMetric({ service: 'store', role: 'requests', before: 900, now: 20 }),
      ...failing('store', 800),
      ...failing('middle', 400),
      aLog({ service: 'middle', template: 'connection to store refused' }),
      ...failing('front', 300),
    ]),
    'dependencyDown',
    'store',
    'fail-over-dependency',
  ],
  [
    'a dependency that is slow',
    aBundle([
      slow('store', 10, 700),
      aMetric({ service: 'store', role: 'cpu', before: 30, now: 29 }),
      slow('middle', 80, 900),
      slow('front', 100, 950),
      aLog({ service: 'middle', template: 'call to store timed out after <n>' }),
    ]),
    'slowDependency',
    'store',
    'fail-over-dependency',
  ],
  [
    'one host that is bad',
    aBundle([
      ...oneInstance('middle', 'latency', 80, 600),
      ...oneInstance('middle', 'errors', 1, 40),
      ...oneInstance('middle', 'cpu', 30, 30),
      ...failing('middle', 40),
    ]),
    'badInstance',
    'middle',
    'replace-instance',
  ],
  [
    'a credential that has run out',
    aBundle([
      ...failing('middle', 300),
      aLog({ service: 'middle', template: 'upstream answered <n>: 401 Unauthorized, token expired' }),
      ...failing('front', 250),
      aLog({ service: 'front', template: 'call to middle failed' }),
    ]),
    'expiredCredential',
    'middle',
    'rotate-credential',
  ],
  [
    'a message that nobody can read',
    aBundle([
      aMetric({ service: 'middle', role: 'queueAge', before: 1, now: 60 }),
      aMetric({ service: 'middle', role: 'queueDepth', before: 5, now: 300 }),
      aLog({
        service: 'middle',
        template: 'cannot deserialise message <id>, will redeliver',
        recurring: [{ value: 'order-77', share: 1 }],
      }),
    ]),
    'poisonInput',
    'middle',
    'quarantine-message',
  ],
  [
    'connections that are never given back',
    aBundle([
      aMetric({ service: 'middle', role: 'connections', before: 30, now: 100 }),
      slow('middle', 80, 900),
      aLog({ service: 'middle', template: 'timed out waiting for a connection from the pool' }),
      slow('front', 100, 950),
    ]),
    'exhaustedPool',
    'middle',
    'recycle-connections',
  ],
  [
    'a cache that was emptied',
    aBundle([
      aMetric({ service: 'middle', role: 'cacheHits', before: 95, now: 10 }),
      aMetric({ service: 'store', role: 'requests', before: 100, now: 700 }),
      aMetric({ service: 'store', role: 'cpu', before: 30, now: 80 }),
      slow('middle', 80, 300),
      aChange('middle', 'cacheFlush', 1, 'flush'),
    ]),
    'coldCache',
    'middle',
    'flush-cache',
  ],
  [
    'a job at the wrong time',
    aBundle([
      aMetric({ service: 'middle', role: 'cpu', before: 30, now: 90 }),
      slow('middle', 80, 300),
      aMetric({ service: 'middle', role: 'requests', before: 500, now: 500 }),
      aChange('middle', 'job', 0.5, 'nightly-report'),
    ]),
    'scheduledWork',
    'middle',
    'pause-job',
  ],
  [
    'new configuration that makes answers slow',
    aBundle([slow('middle', 80, 700), slow('front', 100, 720), aChange('middle', 'config', 0.5)]),
    'badConfig',
    'middle',
    'restore-config',
  ],
  [
    'memory that a new version eats',
    aBundle([
      aMetric({ service: 'middle', role: 'memory', before: 45, now: 88, shape: 'climb' }),
      ...everyInstance('middle', 'memory', 45, 88),
      aMetric({ service: 'middle', role: 'garbageCollection', before: 10, now: 80 }),
      aChange('middle', 'deploy', 15),
    ]),
    'badDeploy',
    'middle',
    'roll-back-deploy',
  ],
  [
    'calls repeated at every step until the store drowns in them',
    aBundle([
      slow('store', 10, 900),
      aMetric({ service: 'store', role: 'requests', before: 1000, now: 3000 }),
      aMetric({ service: 'store', role: 'cpu', before: 30, now: 80 }),
      aMetric({ service: 'middle', role: 'requests', before: 500, now: 1400 }),
      aMetric({ service: 'middle', role: 'retries', before: 2, now: 1500 }),
      aMetric({ service: 'front', role: 'requests', before: 400, now: 400 }),
      aMetric({ service: 'front', role: 'retries', before: 2, now: 800 }),
      slow('middle', 80, 1800),
      slow('front', 100, 3000),
      aLog({ service: 'middle', template: 'call to store timed out after <n>' }),
    ]),
    'slowDependency',
    'store',
    'fail-over-dependency',
  ],
  [
    'a dependency that is silent, as its callers tell',
    aBundle([
      ...failing('middle', 400),
      ...failing('front', 300),
      aLog({ service: 'middle', template: 'connect ECONNREFUSED: connection refused by store' }),
      aLog({ service: 'front', template: 'request failed with status 502' }),
    ]),
    'dependencyDown',
    'store',
    'fail-over-dependency',
  ],
  [
    'one host that its own kernel complains of',
    aBundle([
      ...oneInstance('middle', 'cpu', 30, 95),
      ...oneInstance('middle', 'latency', 80, 900),
      aLog({ service: 'middle', template: 'CPU steal at <n>: the host is overcommitted', level: 'warn' }),
    ]),
    'badInstance',
    'middle',
    'replace-instance',
  ],
  [
    'connections that break towards one zone',
    aBundle([
      slow('middle', 80, 900),
      aMetric({ service: 'middle', role: 'retries', before: 2, now: 300 }),
      aMetric({ service: 'middle', instance: 'middle-two', role: 'errors', before: 1, now: 200 }),
      aMetric({ service: 'middle', instance: 'middle-one', role: 'errors', before: 1, now: 1 }),
      aMetric({ service: 'middle', instance: 'middle-three', role: 'errors', before: 1, now: 1 }),
      aLog({ service: 'middle', template: 'connection reset by peer, packets lost' }),
    ]),
    'badNetwork',
    'middle',
    'fail-over-zone',
  ],
];
