import { describe, expect, it } from 'vitest';
import type { Anomaly } from '../../../../lambdas/domain/anomaly/anomaly.ts';
import { callGraph } from '../../../../lambdas/domain/incident/call-graph.ts';
import { reasonToOpen } from '../../../../lambdas/domain/incident/enough-to-open.ts';
import { anomaly, service, topology } from '../../../support/detection-examples.ts';

const graph = callGraph(topology);
const demand = new Map([
  [service('edge'), 6000],
  [service('search'), 600],
]);

/** What is observed stands for what is sustained unless told otherwise; the bands of the examples are 0 to 10. */
const reason = (root: string, anomalies: readonly Anomaly[], { sustained }: { readonly sustained?: number } = {}) =>
  reasonToOpen(
    service(root),
    anomalies,
    graph,
    {
      demand,
      sustained: new Map(sustained === undefined ? [] : anomalies.map(({ series }) => [series, sustained])),
      failures: new Map(),
      failedCalls: new Map(),
    },
    2,
  );

describe('what is enough to open an incident', () => {
  it.each([
    ['one request in a hundred failing over a minute', 'errors', 60, 60, true],
    ['a burst of failures that has not lasted', 'errors', 100, 30, false],
    ['two in a hundred at once', 'errors', 120, 30, true],
    ['answers twice as slow over a minute', 'latency', 10, 9.5, true],
    ['answers somewhat slow', 'latency', 12, 8, false],
    ['answers three times as slow at once', 'latency', 16, 6, true],
  ] as const)('at the entry: %s', (_, role, observed, sustained, opens) => {
    const found = reason('search', [anomaly('edge', role, { observed })], { sustained });
    expect(found).toBe(opens ? 'customers are harmed by trouble in search' : null);
  });

  it('takes failures that use up a budget for nothing to notice by themselves', () => {
    const failing = anomaly('edge', 'errors', { observed: 80 });
    expect(reason('edge', [failing])).toBe('customers of edge are harmed');
    expect(reason('edge', [{ ...failing, stream: 'trend' }])).toBeNull();
  });

  it('says whose customers when the trouble is at the entry itself', () => {
    expect(reason('edge', [anomaly('edge', 'errors', { observed: 600 })])).toBe('customers of edge are harmed');
  });

  it.each([
    ['failing often', anomaly('search', 'errors', { observed: 40 }), true],
    ['failing sometimes', anomaly('search', 'errors', { observed: 20 }), false],
    ['very slow for a while', anomaly('search', 'latency', { observed: 30, seconds: 60 }), false],
    ['very slow for long', anomaly('search', 'latency', { observed: 30, seconds: 160 }), true],
    ['leaving its queue to wait', anomaly('search', 'queueAge', { observed: 30, seconds: 20 }), true],
  ])('inside: a service %s', (_, one, opens) => {
    expect(reason('search', [one])).toBe(opens ? 'search serves badly' : null);
  });

  const busy = (instance: string, seconds: number) => anomaly('search', 'cpu', { observed: 96, seconds, instance });
  it('takes one busy processor for a while, and all of them at once for trouble', () => {
    expect(reason('search', [busy('search-a', 20)])).toBeNull();
    expect(reason('search', [busy('search-a', 60)])).toBe('cpu of search is close to its limit');
    expect(reason('search', [busy('search-a', 20), busy('search-b', 20)])).toBe('all of search is busy');
  });

  it('takes a cache that serves less than half of the usual for cold', () => {
    const cold = (observed: number) => anomaly('search', 'cacheHits', { observed, direction: 'below', seconds: 20 });
    expect(reason('search', [cold(2)])).toBe('the cache of search is cold');
    expect(reason('search', [cold(4)])).toBeNull();
  });

  it('counts strain of the root only', () => {
    expect(reason('search', [anomaly('checkout', 'disk', { observed: 95, seconds: 600 })])).toBeNull();
  });
});
