import { describe, expect, it } from 'vitest';
import {
  askingWorld,
  diskBrief as brief,
  failed,
  outcomes,
  scriptedModel as scripted,
  usableDiagnosis as usable,
} from '../../../support/asking-world.ts';

const never = Number.POSITIVE_INFINITY;

describe('after a crash', () => {
  /** An archive that takes the reply, and then the process dies. */
  const dyingAfter = (world: ReturnType<typeof askingWorld>, puts: number) => {
    let replies = 0;
    return {
      ...world.archive,
      put: async (key: string, body: string) => {
        await world.archive.put(key, body);
        if (key.endsWith('-call.json')) replies += 1;
        if (replies === puts) throw new Error('the process died');
      },
    };
  };

  it('uses the reply that was there, without another call', async () => {
    const world = askingWorld([]);
    const { model, asked } = scripted([usable]);
    const dying = askingWorld([model], { archive: dyingAfter(world, 1) });
    await expect(dying.askModel.diagnose(brief, 1, never)).rejects.toThrow('the process died');
    expect(dying.rows.size).toBe(0);
    const again = askingWorld([model], { archive: world.archive });
    expect(await again.askModel.diagnose(brief, 1, never)).toMatchObject({ provider: 'scripted', fallback: null });
    expect(asked).toHaveLength(1);
    expect([...again.rows.values()]).toMatchObject([{ outcome: 'used', inputTokens: 10, costDollars: 0.001 }]);
  });

  it('pays for no reply twice that was of no use either', async () => {
    const world = askingWorld([]);
    const { model, asked } = scripted(['no', '{}', usable]);
    const dying = askingWorld([model], { archive: dyingAfter(world, 2) });
    await expect(dying.askModel.diagnose(brief, 1, never)).rejects.toThrow('the process died');
    const again = askingWorld([model], { archive: world.archive });
    expect(await again.askModel.diagnose(brief, 1, never)).toMatchObject({ provider: 'scripted' });
    expect(asked).toHaveLength(3);
    expect(asked[2]?.prompt.user).toContain('A validator said');
    expect(outcomes(again)).toEqual([
      'scripted 0 1 unusable refusal',
      'scripted 0 2 unusable schema',
      'scripted 0 3 used ',
    ]);
  });

  it('keeps the row of a call that failed, though the same call is made anew', async () => {
    const { model } = scripted([failed('overloaded'), new Error('the process died'), usable]);
    const world = askingWorld([model]);
    await expect(world.askModel.diagnose(brief, 1, never)).rejects.toThrow('the process died');
    expect(await world.askModel.diagnose(brief, 1, never)).toMatchObject({ provider: 'scripted' });
    expect(outcomes(world)).toEqual(['scripted 0 1 failed overloaded', 'scripted 0 1 used ']);
    const prompts = await Promise.all([...world.rows.values()].map(({ promptKey }) => world.archive.get(promptKey)));
    const marks = prompts.map((prompt) => /mark-[a-z0-9]+/.exec(prompt ?? '')?.[0]);
    expect(marks).not.toContain(undefined);
    expect(new Set(marks).size).toBe(2);
  });

  it('takes nothing from another attempt, purpose or incident', async () => {
    const { model, asked } = scripted([usable, usable]);
    const world = askingWorld([model]);
    await world.askModel.diagnose(brief, 1, never);
    await world.askModel.diagnose(brief, 2, never);
    expect(asked).toHaveLength(2);
  });
});
