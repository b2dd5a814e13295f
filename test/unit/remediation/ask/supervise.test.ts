import { describe, expect, it } from 'vitest';
import { diagnosisSchema } from '../../../../lambdas/domain/diagnosis/diagnosis.ts';
import type { LanguageModel } from '../../../../lambdas/ports/language-model.ts';
import {
  askingWorld,
  diskBrief as brief,
  diskBundle,
  failed,
  outcomes,
  scriptedModel as scripted,
  usableDiagnosis as usable,
  usableHypothesis,
} from '../../../support/asking-world.ts';
import { aBundle, aMetric } from '../../../support/response-examples.ts';

const never = Number.POSITIVE_INFINITY;

describe('the supervisor', () => {
  const four = (reply: string | Error) => [reply, reply, reply, reply];

  it('says more plainly what was wrong, then shows less and asks for less', async () => {
    const items = Array.from({ length: 30 }, (_, index) =>
      aMetric({ service: 'middle', instance: `i-${index}`, role: 'cpu', before: 20, now: 20 }),
    );
    const bundle = aBundle([...diskBundle.items.slice(1), ...items]);
    const simple = JSON.stringify(usableHypothesis);
    const { model, asked } = scripted({
      diagnose: [...four('{}'), ...four('{}'), simple],
      diagnostic: ['no', 'no'],
    });
    const world = askingWorld([model]);
    const answer = await world.askModel.diagnose({ ...brief, bundle }, 1, never);
    expect(answer).toMatchObject({ provider: 'scripted', fallback: null, value: { hypotheses: [usableHypothesis] } });
    const own = asked.filter(({ purpose }) => purpose === 'diagnose');
    expect(own[0]?.prompt.user).not.toContain('Mind above all');
    expect(own[4]?.prompt.user).toContain('Give every field of the schema');
    expect(own[4]?.brief.bundle.items).toHaveLength(33);
    expect(own[8]?.brief.bundle.items).toHaveLength(11);
    expect(own[8]?.replySchema['properties']).not.toHaveProperty('hypotheses');
    expect(own[8]?.prompt.user).toContain('Give every field of the schema');
    expect([...world.rows.values()].filter(({ purpose }) => purpose === 'diagnose').at(-1)).toMatchObject({
      supervised: 2,
      call: 1,
      outcome: 'used',
    });
  });

  it('asks at most twelve times, then the next provider, then the built-in reasoner, and says why', async () => {
    const first = scripted({ diagnose: Array.from({ length: 12 }, () => 'no'), diagnostic: ['no', 'no'] }, 'first');
    const second = scripted({ diagnose: four('{}') }, 'second');
    const world = askingWorld([first.model, second.model]);
    const answer = await world.askModel.diagnose(brief, 1, never);
    expect(answer).toMatchObject({ outcome: 'used', provider: 'builtin' });
    expect(answer).toHaveProperty(
      'fallback',
      expect.stringMatching(
        /^first: 12 calls, none usable \(refusal 12\), also after promptAdjustment and simplify; .*; second: 4 calls, none usable \(schema 4\)/,
      ),
    );
    expect(outcomes(world).at(-1)).toBe('builtin 3 1 used ');
    expect(outcomes(world)).toContain('second 3 4 unusable schema');
  });

  it('lets a cheap model choose what to change, out of a closed list', async () => {
    const verdict = {
      kind: 'formatting',
      rootCause: 'it writes German',
      canFix: true,
      strategy: 'promptAdjustment',
      changes: { adjustments: ['english'], maximumEvidence: 5, simplerSchema: false },
    };
    const { model, asked } = scripted({
      diagnose: [...four('Das ist die Platte.'), usable],
      diagnostic: [JSON.stringify(verdict)],
    });
    const world = askingWorld([model]);
    await world.askModel.diagnose(brief, 1, never);
    expect(asked.at(-1)?.prompt.user).toContain('Write in English.');
    expect(asked.at(-1)?.prompt.user).not.toContain('German');
    const failure = (await world.archive.list('incidents/')).find((key) => key.endsWith('failure.json'));
    expect(JSON.parse((await world.archive.get(failure ?? '')) ?? '')).toEqual({ by: 'scripted', diagnosis: verdict });
    expect(outcomes(world)).toContain('scripted 0 1 used ');
  });

  it('hands over to a person when the diagnostic says that only one can help', async () => {
    const verdict = {
      kind: 'logic',
      rootCause: 'the evidence contradicts itself',
      canFix: false,
      strategy: 'abort',
      changes: { adjustments: [], maximumEvidence: null, simplerSchema: false },
    };
    const { model } = scripted({ diagnose: four('{}'), diagnostic: [JSON.stringify(verdict)] });
    const answer = await askingWorld([model]).askModel.diagnose(brief, 1, never);
    expect(answer).toMatchObject({ outcome: 'unusable', reason: expect.stringContaining('contradicts itself') });
  });

  it('plans by the catalogue for the leading hypothesis when no model does', async () => {
    const bad = JSON.stringify({
      summary: 'a plan',
      steps: [
        {
          runbook: 'quarantine-message',
          parameters: { service: 'middle', message: 'x' },
          expectedEffect: 'y',
          evidence: ['E2'],
        },
      ],
    });
    const { model } = scripted({ plan: Array.from({ length: 12 }, () => bad), diagnostic: ['no', 'no'] });
    const world = askingWorld([model]);
    const diagnosis = diagnosisSchema.parse(JSON.parse(usable));
    const answer = await world.askModel.plan({ ...brief, diagnosis }, 1, never);
    expect(answer).toMatchObject({ provider: 'builtin', value: { steps: [{ runbook: 'rotate-logs' }, {}] } });
  });

  it('does not ask a model about a failure that speaks for itself', async () => {
    const { model, asked } = scripted([...four(failed('overloaded')), usable]);
    const world = askingWorld([model]);
    expect(await world.askModel.diagnose(brief, 1, never)).toMatchObject({ provider: 'scripted' });
    expect(asked.every(({ purpose }) => purpose === 'diagnose')).toBe(true);
    // A wait also before the first call of the supervised attempt.
    expect(world.waits).toHaveLength(4);
  });

  it('tries first what helped before, and counts what did not', async () => {
    const { model } = scripted({
      diagnose: [...four('{}'), ...four('{}'), JSON.stringify(usableHypothesis)],
      diagnostic: ['no', 'no'],
    });
    const world = askingWorld([model]);
    await world.askModel.diagnose(brief, 1, never);
    expect(await world.lessons.list()).toMatchObject([
      {
        purpose: 'diagnose',
        provider: 'scripted',
        errorClass: 'schema',
        strategy: 'promptAdjustment',
        tried: 1,
        worked: 0,
      },
      { strategy: 'simplify', tried: 1, worked: 1, changes: { simplerSchema: true } },
    ]);
    const next = scripted({ diagnose: [...four('{}'), JSON.stringify(usableHypothesis)] });
    const later = askingWorld([next.model], { lessons: world.lessons });
    expect(await later.askModel.diagnose(brief, 1, never)).toMatchObject({ provider: 'scripted' });
    expect(next.asked.at(-1)?.replySchema['properties']).not.toHaveProperty('hypotheses');
  });

  const simplify = {
    kind: 'formatting',
    rootCause: 'too much is asked',
    canFix: true,
    strategy: 'simplify',
    changes: { adjustments: ['jsonOnly'], maximumEvidence: null, simplerSchema: false },
  };

  it('asks for a simpler shape where a model says to simplify and not how', async () => {
    const { model, asked } = scripted({
      diagnose: [...four('{}'), JSON.stringify(usableHypothesis)],
      diagnostic: [JSON.stringify(simplify)],
    });
    expect(await askingWorld([model]).askModel.diagnose(brief, 1, never)).toMatchObject({ provider: 'scripted' });
    expect(asked.at(-1)?.replySchema['properties']).not.toHaveProperty('hypotheses');
  });

  it('says what helps by the rules where a model says to put it more plainly and not how', async () => {
    const { changes, ...rest } = simplify;
    const plainer = { ...rest, strategy: 'promptAdjustment', changes: { ...changes, adjustments: [] } };
    const { model, asked } = scripted({ diagnose: [...four('{}'), usable], diagnostic: [JSON.stringify(plainer)] });
    expect(await askingWorld([model]).askModel.diagnose(brief, 1, never)).toMatchObject({ provider: 'scripted' });
    expect(asked.at(-1)?.prompt.user).toContain('Give every field of the schema');
  });

  it('asks the next provider where a model sees no way to mend it at this one', async () => {
    const hopeless = JSON.stringify({ ...simplify, canFix: false });
    const first = scripted({ diagnose: four('{}'), diagnostic: [hopeless] }, 'first');
    const second = scripted([usable], 'second');
    const world = askingWorld([first.model, second.model]);
    expect(await world.askModel.diagnose(brief, 1, never)).toMatchObject({ provider: 'second' });
  });

  it('tells the part of the diagnostic that is the same in every call', async () => {
    const { model, asked } = scripted({ diagnose: [...four('{}'), usable], diagnostic: ['no'] });
    await askingWorld([model]).askModel.diagnose(brief, 1, never);
    const { prompt } = asked.find(({ purpose }) => purpose === 'diagnostic') ?? { prompt: undefined };
    expect(prompt?.system.slice(0, prompt.fixedCharacters)).not.toContain('mark-');
    expect(prompt?.system.slice(prompt.fixedCharacters)).toMatch(/mark-/);
  });

  it.each([60, 3600])('leaves a provider alone that asks for %i s, and asks the next one at once', async (seconds) => {
    const first = scripted([failed('rateLimited', seconds)], 'first');
    const second = scripted([usable], 'second');
    const world = askingWorld([first.model, second.model]);
    const deadline = world.ports.clock.now() + 110_000;
    expect(await world.askModel.diagnose(brief, 1, deadline)).toMatchObject({ provider: 'second' });
    expect(world.waits).toEqual([]);
  });

  it('asks the next provider at once where the last call of a pass tells it to wait for long', async () => {
    const first = scripted([...four(failed('overloaded')).slice(1), failed('overloaded', 40)], 'first');
    const second = scripted([usable], 'second');
    const world = askingWorld([first.model, second.model]);
    expect(await world.askModel.diagnose(brief, 1, never)).toMatchObject({ provider: 'second' });
    expect(world.waits).toEqual([375, 750, 1500]);
  });

  it('asks no model about a failure when no time is left for a call', async () => {
    const slow = scripted([...four('{}')], 'slow');
    const asking = askingWorld([slow.model]);
    let left = 4;
    const model: LanguageModel = {
      ...slow.model,
      ask: async (request) => {
        left -= 1;
        // The fourth reply comes when a second is left besides what is kept for the built-in reasoner.
        if (left === 0) await asking.ports.sleep(19_000);
        return slow.model.ask(request);
      },
    };
    const world = askingWorld([model], { clock: asking.ports.clock, sleep: asking.ports.sleep });
    await world.askModel.diagnose(brief, 1, asking.ports.clock.now() + 30_000);
    expect(slow.asked.map(({ purpose }) => purpose)).toEqual(['diagnose', 'diagnose', 'diagnose', 'diagnose']);
  });

  it('goes to the next provider at once when the gate lets no call through, and counts no attempt', async () => {
    const first = scripted([], 'first');
    const second = scripted([usable], 'second');
    const world = askingWorld([first.model, second.model]);
    const shut: typeof world.ports.gate = {
      ...world.ports.gate,
      admit: async (request) =>
        request.provider === 'first'
          ? { outcome: 'refused', cause: 'breaker', reason: 'the breaker of first is open', retryAfterSeconds: 15 }
          : world.ports.gate.admit(request),
    };
    const shutWorld = askingWorld([first.model, second.model], { gate: shut });
    expect(await shutWorld.askModel.diagnose(brief, 1, never)).toMatchObject({
      provider: 'second',
      fallback: 'first: not called; the breaker of first is open',
    });
    expect(outcomes(shutWorld)).toEqual(['first 0 1 refused gate', 'second 0 1 used ']);
    expect(shutWorld.waits).toEqual([]);
  });

  it('learns nothing about a strategy whose calls the gate did not let through', async () => {
    const { model, asked } = scripted({ diagnose: four('{}'), diagnostic: ['no'] });
    const { ports } = askingWorld([model]);
    const gate: typeof ports.gate = {
      ...ports.gate,
      admit: async (request) =>
        asked.length >= 5
          ? { outcome: 'refused', cause: 'breaker', reason: 'the breaker is open', retryAfterSeconds: 15 }
          : ports.gate.admit(request),
    };
    const world = askingWorld([model], { gate });
    await world.askModel.diagnose(brief, 1, never);
    expect(outcomes(world)).toContain('scripted 1 1 refused gate');
    expect(await world.lessons.list()).toEqual([]);
  });

  it('is unusable when even the built-in reasoner has nothing to say', async () => {
    const empty = { ...brief, bundle: aBundle([]) };
    expect(await askingWorld([]).askModel.diagnose(empty, 1, never)).toMatchObject({ outcome: 'unusable' });
  });
});
