import { describe, expect, it } from 'vitest';
import { readDiagnosis, readPlan } from '../../../../lambdas/domain/reasoning/validate-reply.ts';
import { aBundle, aLog, aMetric } from '../../../support/response-examples.ts';

const bundle = aBundle([
  aMetric({ service: 'middle', role: 'disk', before: 50, now: 94, shape: 'climb' }),
  aLog({ service: 'middle', template: 'no space left', recurring: [{ value: 'order-77', share: 0.9 }] }),
]);

const hypothesis = {
  mechanism: 'unboundedGrowth',
  service: 'middle',
  confidence: 0.85,
  evidence: ['E2', 'E3'],
  reasoning: 'The disk fills; "no space" is logged.',
};
const diagnosis = { hypotheses: [hypothesis, { ...hypothesis, mechanism: 'leak', confidence: 0.1 }], assumptions: [] };
const step = (runbook: string, parameters: Record<string, unknown>, change: Record<string, unknown> = {}) => ({
  runbook,
  parameters: { service: 'middle', ...parameters },
  expectedEffect: 'There is room again.',
  evidence: ['E2'],
  ...change,
});
const rotate = step('rotate-logs', {});
const planOf = (...steps: unknown[]) => ({ summary: 'Make room.', steps });
const asPlan = (value: unknown) => readPlan(JSON.stringify(value), bundle);
const asDiagnosis = (value: unknown) => readDiagnosis(JSON.stringify(value), bundle);

describe('reading a reply', () => {
  it('gives what may be used', () => {
    expect(asDiagnosis(diagnosis)).toEqual({ value: diagnosis });
    expect(asPlan(planOf(rotate, step('scale-out', { instances: 4 })))).toMatchObject({ value: planOf(rotate, {}) });
  });

  it('leaves out what nobody asked for', () => {
    expect(asPlan({ ...planOf(rotate), approved: true, authority: 'auto' })).toEqual({ value: planOf(rotate) });
  });

  it.each([
    ['plan', JSON.stringify(planOf(rotate, step('scale-out', { instances: 12 }))), readPlan],
    ['diagnosis', JSON.stringify(diagnosis), readDiagnosis],
    [
      'diagnosis in another order',
      JSON.stringify({ assumptions: ['a', 'b'], hypotheses: [hypothesis] }),
      readDiagnosis,
    ],
  ] as const)('refuses a %s cut short anywhere but before its last brace', (_, text, read) => {
    expect(read(text.slice(0, -1), bundle)).toEqual(read(text, bundle));
    for (let length = 0; length < text.length - 1; length += 1) {
      expect('value' in read(text.slice(0, length), bundle), text.slice(0, length)).toBe(false);
    }
  });

  it.each<[string, unknown, string, RegExp]>([
    ['no field at all', {}, 'schema', /summary/],
    ['a lost field', { steps: [rotate] }, 'schema', /summary/],
    ['no step', planOf(), 'schema', /steps/],
    ['four steps', planOf(rotate, rotate, rotate, rotate), 'schema', /steps/],
    ['two plans', [planOf(rotate), planOf(rotate)], 'schema', /reply/],
    ['a runbook that is not in the catalogue', planOf(step('rm-rf', {})), 'schema', /runbook/],
    ['a text for a number', planOf(step('scale-out', { instances: 'NaN' })), 'semantics', /instances/],
    ['a number out of its range', planOf(step('scale-out', { instances: 900 })), 'semantics', /instances/],
    ['a service that is not there', planOf(step('rotate-logs', { service: 'elsewhere' })), 'semantics', /elsewhere/],
    ['evidence that is not there', planOf(step('rotate-logs', {}, { evidence: ['E99'] })), 'semantics', /E99/],
    ['no evidence', planOf(step('rotate-logs', {}, { evidence: [] })), 'schema', /evidence/],
    ['a message that no log names', planOf(step('quarantine-message', { message: 'x-1' })), 'semantics', /x-1/],
    ['a parameter of its own', planOf(step('rotate-logs', { command: 'rm' })), 'semantics', /command/],
    ['a placeholder', planOf(step('rotate-logs', { service: '<service>' })), 'semantics', /placeholder/],
    ['a placeholder for words', { ...planOf(rotate), summary: 'string' }, 'semantics', /summary is the placeholder/],
  ])('refuses a plan with %s', (_, value, errorClass, problem) => {
    const read = asPlan(value);
    expect(read).toMatchObject({ errorClass });
    expect('problem' in read ? read.problem : '').toMatch(problem);
  });

  it.each<[string, Record<string, unknown>, string]>([
    ['a confidence above one', { confidence: 1.01 }, 'schema'],
    ['a confidence below none', { confidence: -0.1 }, 'schema'],
    ['a confidence in words', { confidence: 'high' }, 'schema'],
    ['a mechanism of its own', { mechanism: 'gremlins' }, 'schema'],
    ['an evidence id of another form', { evidence: ['log-1'] }, 'schema'],
    ['an invented evidence id', { evidence: ['E2', 'E40'] }, 'semantics'],
    ['an invented service', { service: 'payments' }, 'semantics'],
  ])('refuses a diagnosis with %s', (_, change, errorClass) => {
    expect(asDiagnosis({ hypotheses: [{ ...hypothesis, ...change }], assumptions: [] })).toMatchObject({ errorClass });
  });

  it('reads the simpler shapes as the whole ones', () => {
    expect(readDiagnosis(JSON.stringify(hypothesis), bundle, true)).toEqual({
      value: { hypotheses: [hypothesis], assumptions: [] },
    });
    expect(readPlan(JSON.stringify({ summary: 'Make room.', ...rotate }), bundle, true)).toEqual({
      value: planOf(rotate),
    });
    expect(readPlan(JSON.stringify(planOf(rotate)), bundle, true)).toEqual({ value: planOf(rotate) });
    expect(readPlan(JSON.stringify(rotate), bundle, true)).toMatchObject({ errorClass: 'schema' });
    expect(readPlan(JSON.stringify(rotate), bundle)).toMatchObject({ errorClass: 'schema' });
  });

  it('refuses a simple plan whose parameters may have lost one', () => {
    const { parameters, ...rest } = step('rotate-logs', {});
    const text = JSON.stringify({ summary: 'Make room.', ...rest, parameters });
    expect(readPlan(text.slice(0, -1), bundle, true)).toEqual({ value: planOf(rotate) });
    expect(readPlan(text.slice(0, -2), bundle, true)).toMatchObject({ errorClass: 'syntax' });
  });

  it('complains in one line of limited length', () => {
    const read = asDiagnosis({
      hypotheses: [{ ...hypothesis, evidence: Array.from({ length: 500 }, (_, index) => `E${index + 100}`) }],
      assumptions: [],
    });
    expect('problem' in read ? read.problem.length : 0).toBe(1000);
  });
});
