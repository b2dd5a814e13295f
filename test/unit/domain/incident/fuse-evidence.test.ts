import { describe, expect, it } from 'vitest';
import { field, newSummary, type Summary } from '../../../../lambdas/domain/anomaly/watch.ts';
import { couldFuse, fuseEvidence, suspectsOf } from '../../../../lambdas/domain/incident/fuse-evidence.ts';
import type { MetricRole } from '../../../../lambdas/domain/signal/series.ts';
import { exampleSeries, topology } from '../../../support/detection-examples.ts';

const at = 3_600_000;
const end = at + 5000;

/** A series whose newest sample, 50 where 0 to 10 was expected, has gathered so much suspicion. */
function suspicious(name: string, role: MetricRole, suspicion: number, instance?: string): Summary {
  const summary = newSummary(exampleSeries(name, role, 'Average', instance), 0);
  Object.assign(summary.record, {
    [field.learning]: 0,
    [field.cursor]: at,
    [field.above]: suspicion,
    [field.suspectedAt]: at,
    [field.observed]: 50,
    [field.high]: 10,
  });
  return summary;
}

const fuse = (...summaries: readonly Summary[]) => {
  const suspects = suspectsOf(summaries, at);
  const fused = fuseEvidence(suspects, topology, { since: at - 10_000, end });
  // What is not worth asking for the call graph must not turn out an alarm with it.
  if (!couldFuse(suspects)) expect(fused).toEqual([]);
  return fused;
};

const three = [
  suspicious('payments', 'errors', 0.5),
  suspicious('payments', 'latency', 0.5),
  suspicious('checkout', 'retries', 0.5),
];

describe('fused evidence', () => {
  it('makes an alarm of three signals, each at half of one, along one way of calls', () => {
    const fused = fuse(...three);
    expect(fused.map(({ service, role }) => `${service} ${role}`)).toEqual([
      'payments errors',
      'payments latency',
      'checkout retries',
    ]);
    expect(fused[0]).toMatchObject({ stream: 'fused', direction: 'above', observed: 50, onset: at, lastSeen: end });
    expect(fused[0]?.score).toBe(9);
  });

  it('makes none of two, nor of three that are weaker', () => {
    expect(fuse(...three.slice(0, 2))).toEqual([]);
    expect(fuse(...three.map(({ series: { service, role } }) => suspicious(service, role, 0.4)))).toEqual([]);
  });

  it('makes none of a single noisy series, however wild, nor of the many instances of one signal', () => {
    expect(fuse(suspicious('payments', 'errors', 2))).toEqual([]);
    const instances = ['a', 'b', 'c', 'd'].map((zone) => suspicious('payments', 'errors', 2, `payments-${zone}`));
    expect(fuse(...instances)).toEqual([]);
  });

  it('makes none of what was suspicious when the history ended that was learnt', () => {
    for (const { record } of three) record[field.suspectedAt] = 0;
    expect(fuse(...three)).toEqual([]);
    for (const { record } of three) record[field.suspectedAt] = at;
    expect(fuse(...three)).toHaveLength(3);
  });

  it('makes none of signals in services that have nothing to do with each other', () => {
    expect(
      fuse(
        suspicious('payments', 'errors', 0.5),
        suspicious('orders-db', 'latency', 0.5),
        suspicious('search', 'cpu', 0.5),
      ),
    ).toEqual([]);
  });

  it('leaves out what was not judged lately and what still learns', () => {
    const [one, two, third] = three.map(({ series: { service, role } }) => suspicious(service, role, 0.5));
    if (one === undefined || two === undefined || third === undefined) throw new Error('three make three');
    one.record[field.cursor] = at - 5000;
    expect(fuse(one, two, third)).toEqual([]);
    one.record[field.cursor] = at;
    one.record[field.learning] = 1;
    expect(fuse(one, two, third)).toEqual([]);
  });
});
