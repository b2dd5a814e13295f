import { describe, expect, it } from 'vitest';
import { callGraph } from '../../../../lambdas/domain/incident/call-graph.ts';
import { service, topology } from '../../../support/detection-examples.ts';

describe('the call graph', () => {
  const graph = callGraph(topology);

  it('reaches callers and dependencies through others', () => {
    expect([...graph.callersOf(service('payments'))].sort()).toEqual(['checkout', 'edge']);
    expect([...graph.dependenciesOf(service('edge'))].sort()).toEqual(['checkout', 'orders-db', 'payments', 'search']);
    expect([...graph.callersOf(service('edge'))]).toEqual([]);
  });

  it('ends on services that call each other', () => {
    const looped = topology.services.map((one) =>
      one.name === 'payments' ? { ...one, dependsOn: [service('checkout')] } : one,
    );
    expect([...callGraph({ services: looped }).callersOf(service('payments'))].sort()).toEqual(['checkout', 'edge']);
  });
});
