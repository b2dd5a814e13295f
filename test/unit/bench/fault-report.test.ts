import { describe, expect, it } from 'vitest';
import { gradeFault } from '../../../bench/loop/fault-report.ts';
import { splitOf } from '../../../bench/loop/split.ts';
import { anIncident, onset } from '../scripts/view/an-incident.ts';

const injectedAt = onset - 2_000;
const fault = {
  kind: 'cpu',
  cause: 'traffic-surge',
  service: 'checkout',
  severity: 0.8,
  seed: 1,
  truth: { mechanism: 'demandSurge', service: 'checkout' },
  injectedAt,
} as const;
const truth = { recoveredAt: onset + 70_000, hurtAtResolve: false, twinHurtAtResolve: true };

describe('the grade of a fault', () => {
  it('counts everything from the injection', () => {
    expect(gradeFault(fault, anIncident(), truth)).toEqual({
      kind: 'cpu',
      cause: 'traffic-surge',
      service: 'checkout',
      severity: 0.8,
      seed: 1,
      detectedAfterSeconds: 12,
      diagnosedMechanism: 'demandSurge',
      mechanismRight: true,
      diagnosedService: 'checkout',
      serviceRight: true,
      authority: 'auto',
      actions: ['scale-out'],
      actedAfterSeconds: 27,
      resolvedAfterSeconds: 97,
      recoveredAfterSeconds: 72,
      outcome: 'resolved',
      hurtAtResolve: false,
      twinHurtAtResolve: true,
    });
  });

  it('says null for what never came', () => {
    const nothing = { recoveredAt: null, hurtAtResolve: null, twinHurtAtResolve: null };
    expect(gradeFault(fault, null, nothing)).toMatchObject({
      detectedAfterSeconds: null,
      diagnosedMechanism: null,
      mechanismRight: false,
      authority: null,
      outcome: 'undetected',
    });
  });

  it('tells a wrong diagnosis and an escalation', () => {
    const record = anIncident();
    const escalated = { ...record, incident: { ...record.incident, state: 'escalated' as const } };
    const other = { ...fault, truth: { mechanism: 'runawayWork', service: 'cart' } } as const;
    expect(gradeFault(other, escalated, truth)).toMatchObject({
      mechanismRight: false,
      serviceRight: false,
      authority: 'escalated',
      outcome: 'escalated',
      resolvedAfterSeconds: null,
    });
  });
});

it('splits the time to recovery into its phases, which add up', () => {
  const split = splitOf(anIncident(), injectedAt, truth.recoveredAt);
  expect(split).toEqual({ detection: 12, decision: 8, person: 7, act: 35, physics: 10, verification: 25 });
  expect(Object.values(split).reduce<number>((sum, seconds) => sum + (seconds ?? 0), 0)).toBe(97);
  expect(splitOf(null, injectedAt, null).detection).toBeNull();
});
