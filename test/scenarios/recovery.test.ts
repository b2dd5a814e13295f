import { beforeAll, describe, expect, it } from 'vitest';
import { isHealed, playScenario } from '../../scripts/scenario/play-scenario.ts';
import type { ScenarioPlan } from '../../scripts/scenario/scenario-plan.ts';
import { type MachineDefinition, synthesiseMachine } from '../../scripts/scenario/synthesise-machine.ts';
import { droppingTarget, idleTarget, planOf, withFault } from '../support/scenario-plans.ts';

type Options = Partial<Parameters<typeof playScenario>[1]>;

describe('a fault played to its end', () => {
  let definition: MachineDefinition;
  beforeAll(() => {
    definition = synthesiseMachine(5);
  }, 60_000);
  const play = async (plan: ScenarioPlan, options: Options = {}) => {
    const played = await playScenario(plan, { definition, healer: 'kintsugi', ...options });
    const [fault] = played.faults;
    if (fault === undefined) throw new Error('the plan has no fault');
    return { played, fault };
  };

  it('is mended by policy alone, the same way every time', async () => {
    const plan = planOf('batch-job', 1);
    const { played, fault } = await play(plan);
    expect(fault).toMatchObject({ outcome: 'resolved', authority: 'auto', mechanismRight: true, serviceRight: true });
    expect(isHealed(fault)).toBe(true);
    // Whoever is sure does not look again.
    expect((fault.actedAfterSeconds ?? 0) - (fault.detectedAfterSeconds ?? 0)).toBe(5);
    expect(played.failures).toEqual([]);
    const again = await play(plan);
    expect(again.played.states).toEqual(played.states);
    expect(again.fault).toEqual(fault);
  });

  it('is mended after a person said yes', async () => {
    const { fault } = await play(planOf('expired-credential', 1));
    expect(fault).toMatchObject({ outcome: 'resolved', authority: 'approved', actions: ['rotate-credential'] });
    expect(isHealed(fault)).toBe(true);
  });

  it('is foreseen and mended before it hurts', async () => {
    const { played, fault } = await play(planOf('log-growth', 1));
    expect(played.timeline.map(({ text }) => text).join('\n')).toContain('will reach 90% in about');
    expect(fault.outcome).toBe('resolved');
    expect(fault.recoveredAfterSeconds).toBe(0);
    expect(isHealed(fault)).toBe(true);
  });

  it('is never resolved by a platform that does nothing', async () => {
    const { fault } = await play(planOf('bad-flag', 1), { wrapTarget: idleTarget });
    expect(fault.outcome).toBe('escalated');
    expect(fault.actions.length).toBeGreaterThan(0);
  });

  it('is never resolved by turning customers away', async () => {
    const { fault } = await play(planOf('bad-flag', 1, 40), { wrapTarget: droppingTarget });
    expect(fault.actions.length).toBeGreaterThan(0);
    expect(fault.outcome).not.toBe('resolved');
  });

  it('is never resolved while an intermittent one is quiet', async () => {
    const plan = withFault(planOf('bad-flag', 1, 40), (fault) => ({
      ...fault,
      definition: { ...fault.definition, intermittent: { onSeconds: 15, offSeconds: 40 } },
    }));
    const { fault } = await play(plan, { wrapTarget: idleTarget });
    expect(fault.actions.length).toBeGreaterThan(0);
    expect(fault.outcome).not.toBe('resolved');
  });

  it('is not resolved a second time by what did not hold, when its quiet began with the first act', async () => {
    const intermittent = withFault(planOf('bad-flag', 1, 40), (fault) => ({
      ...fault,
      definition: { ...fault.definition, intermittent: { onSeconds: 60, offSeconds: 200 } },
    }));
    const { played } = await play({ ...intermittent, endsWhenSettled: false }, { wrapTarget: idleTarget });
    const [first, second] = played.courses;
    expect(first?.at(-1), 'nothing tells it from a recovery yet').toBe('resolved');
    expect(second?.at(-1), 'the same act has to prove itself for longer than it was quiet').toBe('escalated');
    expect(played.courses.slice(1).flat()).not.toContain('resolved');
  });

  it('is not resolved by a machine without its verify state', async () => {
    const { fault } = await play(planOf('batch-job', 1), { definition: withoutVerify(definition) });
    expect(fault.actions).toEqual(['pause-job']);
    expect(fault.outcome).toBe('escalated');
  });
});

/** The same machine going from acting straight to closing. */
const withoutVerify = (definition: MachineDefinition): MachineDefinition => {
  const parts = new Set(['Verify', 'ByVerdict', 'WaitForRecovery', 'BecauseInconclusive']);
  const States = Object.fromEntries(Object.entries(definition.States).filter(([name]) => !parts.has(name)));
  const text = JSON.stringify({ ...definition, States }).replaceAll('"Next":"Verify"', '"Next":"Close"');
  return JSON.parse(text);
};
