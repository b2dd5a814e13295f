import { describe, expect, it } from 'vitest';
import { requestsBeside } from '../../../lambdas/contract/requests-beside.ts';
import { demand, described, failures } from '../../support/sparse-counters.ts';

const ofShop = { namespace: 'Acme/Shop', dimensions: [{ name: 'Service', value: 'cart' }] };

describe('the requests beside a counter of failures', () => {
  it('are the series that the telemetry lists', () => {
    expect(requestsBeside(failures)).toEqual(demand);
    const requests = described({ ...ofShop, metric: 'RequestCount' });
    for (const metric of ['ErrorCount', 'TimeoutCount', 'RetryCount']) {
      expect(requestsBeside(described({ ...ofShop, metric }))).toEqual(requests);
    }
  });

  it('are those of the same instance', () => {
    const dimensions = [...ofShop.dimensions, { name: 'Instance', value: 'cart-1' }];
    expect(requestsBeside(described({ ...ofShop, dimensions, metric: 'ErrorCount' }))?.instance).toBe('cart-1');
  });

  it('are none beside what is no counter of failures, and where AWS counts no requests', () => {
    expect(requestsBeside(demand)).toBeNull();
    expect(requestsBeside(described({ ...ofShop, metric: 'LatencyP95' }))).toBeNull();
    const table = { namespace: 'AWS/DynamoDB', dimensions: [{ name: 'TableName', value: 'orders' }] };
    expect(requestsBeside(described({ ...table, metric: 'SystemErrors' }))).toBeNull();
  });
});
