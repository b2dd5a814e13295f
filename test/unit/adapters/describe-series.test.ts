import { describe, expect, it } from 'vitest';
import { describeSeries } from '../../../lambdas/adapters/describe-series.ts';
import { declaredLimitsSchema } from '../../../lambdas/contract/declared-limits.ts';

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

  it('has the limit that was declared for its dimensions, and is then of the service that can be told', () => {
    const limits = declaredLimitsSchema.parse([
      {
        namespace: 'AWS/Lambda',
        metric: 'ConcurrentExecutions',
        limit: 1000,
        unit: 'executions',
        service: 'functions',
      },
      { namespace: 'AWS/Usage', metric: 'CallCount', dimensions: { Service: 'SQS', Resource: '*' }, limit: 300 },
      { namespace: 'Acme/Shop', metric: 'Used', dimensions: { Service: '*' }, limit: 80, statistic: 'Minimum' },
    ]);
    const of = (namespace: string, name: string, dimensions: Readonly<Record<string, string>>) =>
      describeSeries(
        {
          namespace,
          metric: name,
          dimensions: Object.entries(dimensions).map(([key, value]) => ({ name: key, value })),
        },
        limits,
      );
    expect(of('AWS/Lambda', 'ConcurrentExecutions', {})).toMatchObject({
      id: 'AWS/Lambda|ConcurrentExecutions||Maximum',
      service: 'functions',
      role: 'other',
      limit: { value: 1000, unit: 'executions' },
    });
    expect(of('AWS/Lambda', 'ConcurrentExecutions', { FunctionName: 'Orders' })).toMatchObject({ service: 'orders' });
    expect(of('AWS/Lambda', 'ConcurrentExecutions', { FunctionName: 'Orders' })).not.toHaveProperty('limit');
    expect(of('AWS/Usage', 'CallCount', { Resource: 'Send', Service: 'SQS' })).toMatchObject({
      service: 'aws-usage',
      statistic: 'Maximum',
      limit: { value: 300, unit: '' },
    });
    expect(of('AWS/Usage', 'CallCount', { Resource: 'Send', Service: 'SNS' })).toBeNull();
    expect(of('Acme/Shop', 'Used', { Service: 'cart' })).toMatchObject({ service: 'cart', statistic: 'Minimum' });
    expect(of('Acme/Shop', 'Used', { Service: 'cart', Instance: 'a' })).not.toHaveProperty('limit');
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
