import { describe, expect, it } from 'vitest';
import { describeSeries } from '../../../lambdas/adapters/describe-series.ts';

const metric = (dimensions: Readonly<Record<string, string>>) =>
  describeSeries({
    namespace: 'Team/Orders',
    metric: 'RequestCount',
    dimensions: Object.entries(dimensions).map(([name, value]) => ({ name, value })),
  });

describe('a stored metric', () => {
  it('is a series of the service and instance that its dimensions name', () => {
    expect(metric({ Service: 'cart', Instance: 'cart-1' })).toMatchObject({
      id: 'Team/Orders|RequestCount|Service=cart,Instance=cart-1|Sum',
      role: 'requests',
      service: 'cart',
      instance: 'cart-1',
    });
    expect(metric({ Service: 'cart' })).toMatchObject({ instance: null });
  });

  it.each([
    ['names no service', { Host: 'h-1' }],
    ['names what can be no service', { Service: 'Cart Service' }],
    ['has an instance of no name', { Service: 'cart', Instance: '' }],
    ['has an instance with too long a name', { Service: 'cart', Instance: 'i'.repeat(81) }],
    ['has a dimension that makes its name too long', { Service: 'cart', Url: 'u'.repeat(500) }],
  ])('that %s is none, and stops nothing', (_, dimensions: Readonly<Record<string, string>>) => {
    expect(metric(dimensions)).toBeNull();
  });
});
