import { describe, expect, it } from 'vitest';
import { isMuted, type Mute, muteSchema } from '../../../../lambdas/domain/mute/mute.ts';
import { anomaly } from '../../../support/detection-examples.ts';

const slow = anomaly('checkout', 'latency');
const id = '01ARZ3NDEKTSV4RRFFQ69G5FAV';
const mute = (scope: unknown): Mute =>
  muteSchema.parse({ id, why: 'mute', scope, from: 1000, until: 2000, reason: 'a test', by: 'someone', madeAt: 0 });

describe('muting', () => {
  it.each([
    ['its service', { of: 'service', service: 'checkout' }, true],
    ['another service', { of: 'service', service: 'payments' }, false],
    ['its series', { of: 'series', series: slow.series }, true],
    ['another series', { of: 'series', series: 'Shop|other|Service=checkout|Average' }, false],
    ['everything', { of: 'workload' }, true],
    [
      'an incident that was called normal',
      { of: 'incident', incidentId: id, family: 'f', fingerprints: [slow.fingerprint] },
      true,
    ],
    [
      'an incident of the same family with its other side',
      { of: 'incident', incidentId: id, family: 'f', fingerprints: [`${slow.series}#below`] },
      false,
    ],
    ['one of other anomalies', { of: 'incident', incidentId: id, family: 'f', fingerprints: ['other#above'] }, false],
  ])('covers an anomaly by %s', (_, scope, covered) => {
    expect(isMuted(slow, [mute(scope)], 1500)).toBe(covered);
  });

  it('counts from its begin to its end', () => {
    const all = [mute({ of: 'workload' })];
    expect([999, 1000, 1999, 2000].map((now) => isMuted(slow, all, now))).toEqual([false, true, true, false]);
  });
});
