import { describe, expect, it } from 'vitest';
import { evidenceIdSchema } from '../../../../lambdas/domain/ids.ts';
import type { RemediationPlan } from '../../../../lambdas/domain/plan/plan.ts';
import { decide } from '../../../../lambdas/domain/policy/decide.ts';
import { defaultLimits, type PastAction } from '../../../../lambdas/domain/policy/limits.ts';
import { noGrounds, type PlanGrounds } from '../../../../lambdas/domain/reasoning/plan-grounds.ts';
import type { RunbookId } from '../../../../lambdas/domain/runbooks/runbook.ts';
import { noControlSurface, type Topology } from '../../../../lambdas/domain/topology/topology.ts';
import { anIncident, aService, aTopology, incidentId, instanceId, start } from '../../../support/response-examples.ts';

type Step = readonly [RunbookId, Record<string, string | number>];

const restart: Step = ['restart-instance', { service: 'middle', instance: 'middle-one' }];
const rollBack: Step = ['roll-back-deploy', { service: 'middle', version: 'v1' }];
const rotate: Step = ['rotate-credential', { service: 'middle' }];
const failOver: Step = ['fail-over-dependency', { service: 'middle', dependency: 'store' }];
const expand: Step = ['expand-volume', { service: 'middle', gigabytes: 80 }];
const turnAway: Step = ['limit-callers', { service: 'front', share: 0.2 }];
const drainMost: Step = ['fail-over-zone', { service: 'middle', zone: 'east' }];
const unknown: Step = ['restart-instance', { service: 'middle', instance: 'nobody' }];

const planOf = (...steps: readonly Step[]): RemediationPlan => ({
  summary: 'a plan',
  steps: steps.map(([runbook, parameters]) => ({
    runbook,
    parameters,
    expectedEffect: 'it helps',
    evidence: [evidenceIdSchema.parse('E1')],
  })),
});

const action = (service: string, secondsAgo: number, change: Partial<PastAction> = {}): PastAction => ({
  incidentId: 'another',
  service,
  startedAt: start - secondsAgo * 1000 - 20_000,
  endedAt: start - secondsAgo * 1000,
  ...change,
});

const wide = {
  ...aTopology(),
  services: [...aTopology().services, ...['a', 'b', 'c', 'd', 'e'].map((name) => aService(`other-${name}`))],
};

const firm: PlanGrounds = { guardedSupport: 1, steps: 'measured', hostileText: false };

const ask = (
  steps: readonly Step[],
  confidence: number,
  history: readonly PastAction[] = [],
  grounds: PlanGrounds = firm,
  topology: Topology = wide,
) =>
  decide({
    plan: planOf(...steps),
    topology,
    incident: anIncident(),
    limits: defaultLimits,
    history,
    confidence,
    grounds,
    now: start,
  });

describe('policy', () => {
  it('leaves what it may carry out to a person where the workload has no control surface, and refuses what nobody could', () => {
    const unoperable = { ...wide, operable: false };
    expect(ask([restart], 1, [], firm, unoperable)).toMatchObject({
      authority: 'manual',
      rules: ['no-control-surface'],
      reason: noControlSurface,
    });
    expect(ask([unknown], 1, [], firm, unoperable)).toMatchObject({ authority: 'deny' });
  });

  it.each<[string, readonly Step[], number, readonly PastAction[], string, string, string]>([
    ['low risk, sure enough', [restart], 0.7, [], 'auto', 'within-limits', 'low'],
    ['low risk, unsure', [restart], 0.69, [], 'review', 'low-confidence', 'low'],
    ['no support at all', [restart], 0, [], 'review', 'low-confidence', 'low'],
    ['medium risk, very sure', [rollBack], 0.9, [], 'auto', 'within-limits', 'medium'],
    ['medium risk, sure', [rollBack], 0.89, [], 'approve', 'medium-risk-without-high-confidence', 'medium'],
    ['medium risk, unsure', [rollBack], 0.5, [], 'review', 'low-confidence', 'medium'],
    ['high risk, very sure', [failOver], 1, [], 'approve', 'irreversible-or-high-risk', 'high'],
    ['cannot be taken back', [rotate], 1, [], 'approve', 'irreversible-or-high-risk', 'high'],
    ['irreversible', [expand], 1, [], 'approve', 'irreversible-or-high-risk', 'irreversible'],
    ['irreversible and unsure', [expand], 0.3, [], 'review', 'low-confidence', 'irreversible'],
    ['the worst step counts', [restart, expand], 1, [], 'approve', 'irreversible-or-high-risk', 'irreversible'],
    ['most callers turned away', [turnAway], 1, [], 'manual', 'critical-risk', 'critical'],
    ['two of three instances gone with a zone', [drainMost], 1, [], 'approve', 'irreversible-or-high-risk', 'high'],
    ['critical before unsure', [turnAway], 0.1, [], 'manual', 'critical-risk', 'critical'],
    ['a name that is not there', [unknown], 1, [], 'deny', 'cannot-be-carried-out', 'low'],
    ['cooling down', [restart], 1, [action('middle', 299)], 'approve', 'service-cooling-down', 'low'],
    ['cooled down', [restart], 1, [action('middle', 301)], 'auto', 'within-limits', 'low'],
    ['another service cools down', [restart], 1, [action('store', 10)], 'auto', 'within-limits', 'low'],
    ['own earlier attempt', [restart], 1, [action('middle', 10, { incidentId })], 'auto', 'within-limits', 'low'],
    [
      'one running elsewhere on the service',
      [restart],
      1,
      [action('middle', 0, { endedAt: null })],
      'approve',
      'remediation-running-elsewhere',
      'low',
    ],
    [
      'twelve an hour',
      [restart],
      1,
      Array.from({ length: 12 }, (_, index) => action('store', 400 + index)),
      'approve',
      'hourly-cap',
      'low',
    ],
    [
      'eleven an hour',
      [restart],
      1,
      Array.from({ length: 11 }, (_, index) => action('store', 400 + index)),
      'auto',
      'within-limits',
      'low',
    ],
    [
      'twelve, an hour ago',
      [restart],
      1,
      Array.from({ length: 12 }, () => action('store', 3600)),
      'auto',
      'within-limits',
      'low',
    ],
    [
      'more than half of the services within an hour',
      [restart],
      1,
      ['a', 'b', 'c', 'd'].map((name) => action(`other-${name}`, 600)),
      'approve',
      'fleet-share-cap',
      'low',
    ],
  ])('%s', (_, steps, confidence, history, authority, rule, risk) => {
    const decision = ask(steps, confidence, history);
    expect(decision).toMatchObject({ authority, risk, confidence });
    expect(decision.rules[0]).toBe(rule);
  });

  it('names every rule that applies, not only the deciding one', () => {
    expect(ask([expand], 0.3, [action('middle', 10)]).rules).toEqual([
      'low-confidence',
      'irreversible-or-high-risk',
      'service-cooling-down',
    ]);
  });

  it('holds a zone with most of the instances to be critical', () => {
    const { instances } = aService('middle');
    const topology = aTopology({
      middle: {
        instances: [
          ...instances,
          ...instances.map((each) => ({ ...each, id: instanceId(`${each.id}-more`), zone: 'east' })),
        ],
      },
    });
    const question = {
      grounds: firm,
      plan: planOf(drainMost),
      topology,
      incident: anIncident(),
      limits: defaultLimits,
      history: [],
    };
    expect(decide({ ...question, confidence: 1, now: start })).toMatchObject({ authority: 'manual', risk: 'critical' });
  });

  it('holds the only instance of something stateful to be critical', () => {
    const topology = aTopology({ store: { instances: aService('store').instances.slice(0, 1) } });
    const plan = planOf(['restart-instance', { service: 'store', instance: 'store-one' }]);
    const question = {
      grounds: firm,
      plan,
      topology,
      incident: anIncident(),
      limits: defaultLimits,
      history: [],
      confidence: 1,
    };
    expect(decide({ ...question, now: start })).toMatchObject({ authority: 'manual', risk: 'critical' });
  });

  it.each<[string, readonly Step[], Partial<PlanGrounds>, string, string]>([
    ['text carries the diagnosis', [restart], { guardedSupport: 0.69 }, 'approve', 'rests-on-text'],
    ['what is measured carries it', [restart], { guardedSupport: 0.7 }, 'auto', 'within-limits'],
    ['medium risk asks more of it', [rollBack], { guardedSupport: 0.89 }, 'approve', 'rests-on-text'],
    ['text is hostile', [restart], { guardedSupport: 0.69, hostileText: true }, 'review', 'hostile-text'],
    ['text is hostile and nothing rests on it', [restart], { hostileText: true }, 'auto', 'within-limits'],
    ['text chose the steps', [restart], { steps: 'worded' }, 'approve', 'remedy-rests-on-text'],
    ['other steps', [restart], { steps: 'other' }, 'review', 'departs-from-the-remedy'],
  ])('asks a person where %s', (_, steps, grounds, authority, rule) => {
    const decision = ask(steps, 1, [], { ...firm, ...grounds });
    expect(decision).toMatchObject({ authority });
    expect(decision.rules[0]).toBe(rule);
  });

  it('asks no less of an unsure plan for its grounds', () => {
    expect(ask([restart], 0.5, [], noGrounds).authority).toBe('review');
  });
});
