import { describe, expect, it } from 'vitest';
import { isMaterial } from '../../../../lambdas/domain/incident/magnitude.ts';
import { anomaly, service, topology } from '../../../support/detection-examples.ts';

const standing = { sustained: new Map(), demand: new Map(), failures: new Map(), failedCalls: new Map() };

/** The shop with the callers of payments using its standby. */
const failedOver = {
  ...topology,
  services: topology.services.map((one) =>
    one.dependsOn.includes(service('payments'))
      ? { ...one, desired: { ...one.desired, failedOverDependencies: [service('payments')] } }
      : one,
  ),
};

describe('what is material', () => {
  it.each(['requests', 'cacheHits'] as const)('leaves out fewer %s of a service that nobody asks any more', (role) => {
    const fewer = anomaly('payments', role, { direction: 'below', observed: 0 });
    expect(isMaterial(fewer, standing, topology)).toBe(true);
    expect(isMaterial(fewer, standing, failedOver)).toBe(false);
    expect(isMaterial({ ...fewer, direction: 'above' }, standing, failedOver)).toBe(true);
  });

  it('keeps failures that use up a budget, however few they are', () => {
    const few = anomaly('payments', 'errors', { observed: 1 });
    const asked = { ...standing, demand: new Map([[service('payments'), 6000]]) };
    expect(isMaterial(few, asked, topology)).toBe(false);
    expect(isMaterial({ ...few, stream: 'trend' }, asked, topology)).toBe(true);
  });

  it('keeps what tells of the service itself', () => {
    expect(isMaterial(anomaly('payments', 'disk', { observed: 95 }), standing, failedOver)).toBe(true);
  });
});
