import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { survivesFailures } from './machine/failures.ts';
import { takesItsPaths } from './machine/paths.ts';
import { asksPeople } from './machine/people.ts';
import { machineWorld } from './machine/world.ts';

const retriesSchema = z.array(z.object({ ErrorEquals: z.array(z.string()) }));

// One file runs them all: what they share is that every state is seen, and synthesis, which takes a while.
describe('the state machine', () => {
  const machine = machineWorld();

  takesItsPaths(machine);
  asksPeople(machine);
  survivesFailures(machine);

  it('was seen in every state, and every Catch fired', () => {
    expect([...machine.visited].sort()).toEqual(Object.keys(machine.definition.States).sort());
    const caught = Object.entries(machine.definition.States).filter(([, state]) => 'Catch' in state);
    expect([...machine.fired].sort()).toEqual(caught.map(([name]) => name).sort());
  });

  it('bounds every Task, and retries none but platform errors', () => {
    for (const [name, state] of Object.entries(machine.definition.States)) {
      if (state.Type !== 'Task') continue;
      expect(state['TimeoutSeconds'], name).toBeGreaterThan(0);
      const retried = retriesSchema.parse(state['Retry']).flatMap(({ ErrorEquals }) => ErrorEquals);
      if (name === 'Escalate') expect(retried).toEqual(['States.ALL']);
      else
        expect(
          retried.every((error) => error.startsWith('Lambda.')),
          name,
        ).toBe(true);
    }
  });
});
