import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { hypothesisSchema } from '../../../../lambdas/domain/diagnosis/diagnosis.ts';
import { diagnose } from '../../../../lambdas/domain/reasoning/diagnose.ts';
import { diagnosticPrompt } from '../../../../lambdas/domain/reasoning/failure/diagnostic-prompt.ts';
import { failureDiagnosisSchema } from '../../../../lambdas/domain/reasoning/failure/failure-diagnosis.ts';
import { planFromDiagnosis } from '../../../../lambdas/domain/reasoning/plan-from-hypothesis.ts';
import { loadCommand } from '../../../../scripts/load-command.ts';
import { createAnswers } from '../../../../scripts/model-server/answers.ts';
import { failureKindNames, failureKinds } from '../../../../scripts/model-server/failure-kinds.ts';
import { readScriptFile } from '../../../../scripts/model-server/script-file.ts';
import {
  type ModelServer,
  type ModelServerOptions,
  startModelServer,
} from '../../../../scripts/model-server/start-model-server.ts';
import { promptExample } from '../../../support/prompt-example.ts';
import { aBundle, aMetric, anIncident } from '../../../support/response-examples.ts';

const bundle = aBundle([
  aMetric({ service: 'middle', role: 'disk', before: 50, now: 94, shape: 'climb' }),
  aMetric({ service: 'middle', role: 'latency', before: 80, now: 200 }),
]);
const brief = { bundle, incident: anIncident(), ruledOut: [], diagnosis: null };
const completionSchema = z.object({ choices: z.tuple([z.object({ message: z.object({ content: z.string() }) })]) });

let server: ModelServer | undefined;
afterEach(async () => {
  await server?.close();
  server = undefined;
});

const start = async (options: ModelServerOptions = {}): Promise<ModelServer> => {
  server = await startModelServer(options);
  return server;
};

const post = (at: ModelServer, prompt: { readonly system: string; readonly user: string }) =>
  fetch(`${at.url}/v1/chat/completions`, {
    method: 'POST',
    body: JSON.stringify({
      model: 'm-1',
      messages: [
        { role: 'system', content: prompt.system },
        { role: 'user', content: prompt.user },
      ],
    }),
    signal: AbortSignal.timeout(5000),
  });
const ask = async (at: ModelServer, prompt: { readonly system: string; readonly user: string }): Promise<string> =>
  completionSchema.parse(await (await post(at, prompt)).json()).choices[0].message.content;
const scripted = (yaml: string): string => {
  const path = join(mkdtempSync(join(tmpdir(), 'script-')), 'replies.yaml');
  writeFileSync(path, yaml);
  return path;
};

describe('the model server', () => {
  it('reasons from the words of a prompt as the built-in reasoner does from the evidence itself', async () => {
    const at = await start();
    const reply = JSON.parse(await ask(at, promptExample('diagnose', brief)));
    expect(reply.hypotheses[0]).toMatchObject({ mechanism: 'unboundedGrowth', service: 'middle', evidence: ['E2'] });

    const diagnosis = diagnose(bundle, []);
    if (diagnosis === null) throw new Error('no diagnosis');
    const plan = JSON.parse(await ask(at, promptExample('plan', { ...brief, diagnosis })));
    expect(plan.steps).toEqual(planFromDiagnosis(bundle, diagnosis, [])?.steps);
  });

  it('has a reply of the right shape to the other questions: a second opinion, and why replies cannot be used', async () => {
    const at = await start();
    const diagnosis = diagnose(bundle, []);
    const opinion = await ask(at, promptExample('challenge', { ...brief, diagnosis }));
    expect(hypothesisSchema.parse(JSON.parse(opinion))).toMatchObject({ service: 'middle' });

    const calls = [{ errorClass: 'syntax' as const, problem: 'the reply is not JSON' }];
    const why = await ask(at, diagnosticPrompt({ calls, tried: [], shownEvidence: 3 }, 'mark-example'));
    expect(failureDiagnosisSchema.parse(JSON.parse(why)).canFix).toBe(true);
  });

  it('replies by its script while that lasts, and reasons after it', async () => {
    const script = readScriptFile(
      scripted(
        'replies:\n  - { contains: find the cause, text: once, times: 1 }\n  - { contains: nowhere, text: never }\n  - { json: { fine: true }, times: 1 }\n  - { fail: unavailable, times: 1 }\n',
      ),
    );
    const at = await start({ script });
    const prompt = promptExample('diagnose', brief);
    expect(await ask(at, prompt)).toBe('once');
    expect(await ask(at, prompt)).toBe('{"fine":true}');
    expect((await post(at, prompt)).status).toBe(503);
    expect(await ask(at, prompt)).toContain('unboundedGrowth');
  });

  it.each([
    ['replies: []', /^The script .* replies: .*$/],
    ['replies: [', /^The script .* cannot be read: .*$/],
    ['replies: [{ text: a, fail: stall }]', /has one of text, json and fail/],
    ['replies: [{ fail: hiccup }]', /^The script .* replies\.0\.fail: .*$/],
  ])('refuses the script %s in one line', (yaml, complaint) => {
    expect(() => readScriptFile(scripted(yaml))).toThrow(complaint);
  });

  it('fails as often as told, with every kind alike, and the same way for the same seed', async () => {
    const question = { protocol: 'openai' as const, model: 'm-1', system: 'rules', user: 'question', asTool: false };
    const play = (seed: number) => {
      const answer = createAnswers();
      const options = { failShare: 0.7, kinds: failureKindNames.filter((kind) => kind !== 'huge'), seed, script: [] };
      return Array.from({ length: 5000 }, () => answer(question, options).failure);
    };
    const failures = play(1);
    const failed = failures.filter((failure) => failure !== null);
    expect(failed.length / failures.length).toBeCloseTo(0.7, 1);
    for (const kind of failureKindNames.filter((name) => name !== 'huge')) {
      const share = failed.filter((failure) => failure === kind).length / failed.length;
      expect(Math.abs(share - 1 / 18), kind).toBeLessThan(0.015);
    }
    expect(play(1)).toEqual(failures);
    expect(play(2)).not.toEqual(failures);
  });

  it('is in an outage from one moment to the other, and back', async () => {
    const at = await start();
    const prompt = { system: 'rules', user: 'question' };
    at.change({ failShare: 1, kinds: ['server-error'] });
    expect((await post(at, prompt)).status).toBe(500);
    at.change({ failShare: 0 });
    expect((await post(at, prompt)).status).toBe(200);
    expect(at.calls.map(({ failure }) => failure)).toEqual(['server-error', null]);
  });

  it('ends though a call is stalled', async () => {
    const at = await startModelServer({ failShare: 1, kinds: ['stall'] });
    const stalled = post(at, { system: '', user: '' }).catch((error: unknown) => error);
    await expect.poll(() => at.calls.length).toBe(1);
    await at.close();
    expect(await stalled).toBeInstanceOf(Error);
  });

  it('answers what it does not serve, and what is no JSON, with an error of its own', async () => {
    const at = await start();
    expect((await fetch(`${at.url}/v1/embeddings`, { method: 'POST', body: '{}' })).status).toBe(404);
    expect((await fetch(`${at.url}/v1/chat/completions`, { method: 'POST', body: 'x' })).status).toBe(400);
  });

  it('has every kind in one list', () => {
    expect([...failureKindNames].sort()).toEqual(Object.keys(failureKinds).sort());
  });
});

describe('the command', () => {
  it.each([
    ['--fail 1.5', /--fail is '1.5': it may be a number from 0 to 1/],
    ['--kinds stall,hiccup', /--kinds names 'hiccup'; known are rate-limit,/],
    ['--port 99999', /--port is '99999'/],
    ['--script nowhere.yaml', /nowhere.yaml cannot be read/],
  ])('refuses %s in one line', async (args, complaint) => {
    const program = await loadCommand('model-server');
    await expect(program.parseAsync(['model-server', ...args.split(' ')], { from: 'user' })).rejects.toThrow(complaint);
  });

  it('says that a port is taken', async () => {
    const at = await start();
    const program = await loadCommand('model-server');
    const port = new URL(at.url).port;
    await expect(program.parseAsync(['model-server', '--port', port], { from: 'user' })).rejects.toThrow('is taken');
  });
});
