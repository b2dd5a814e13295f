import { describe, expect, it } from 'vitest';
import { parseDocument } from '../../../../../lambdas/domain/reasoning/reply/parse-document.ts';

const plan = {
  summary: 'Restart it.',
  steps: [
    { runbook: 'restart-service', parameters: { service: 'middle' }, expectedEffect: 'it starts', evidence: ['E2'] },
    {
      runbook: 'scale-out',
      parameters: { service: 'middle', instances: 12 },
      expectedEffect: 'more',
      evidence: ['E2'],
    },
  ],
};
const text = JSON.stringify(plan);

describe('the document in a reply', () => {
  it('is read as it stands', () => {
    expect(parseDocument(text)).toEqual({ value: plan, mended: [] });
  });

  it.each([
    ['code fences', `\`\`\`json\n${text}\n\`\`\``, ['unwrapped']],
    ['a fence without a name', `\`\`\`\n${JSON.stringify(plan, null, 2)}\n\`\`\`\n`, ['unwrapped']],
    ['prose around', `Sure! Here [as asked] is the {plan}:\n\n${text}\n\nLet me know.`, ['unwrapped']],
    ['a trailing comma', text.replace('}]}', '},],}'), ['repaired']],
    ['single quotes', text.replaceAll('"', "'"), ['repaired']],
    ['keys without quotes', text.replace('"summary"', 'summary').replace('"steps"', 'steps'), ['repaired']],
    ['a line break in a string', text.replace('Restart it.', 'Restart\nit.'), ['repaired']],
    ['quotes in a string', text.replace('it starts', 'the "whole" service starts'), ['repaired']],
    [
      'fence, prose and comma at once',
      `Here:\n\`\`\`json\n${text.replace('}]}', '}],}')}\n\`\`\``,
      ['unwrapped', 'repaired'],
    ],
    ['the last brace lost', text.slice(0, -1), ['closed']],
  ])('is got out of %s', (_, reply, mended) => {
    const parsed = parseDocument(reply);
    expect(parsed).toMatchObject({ mended });
    const steps = 'value' in parsed ? JSON.stringify(parsed.value) : '';
    expect(steps.replaceAll(/\\n| |\\"|whole|the service/g, '')).toContain('"instances":12');
  });

  it('does not take a number cut short for a whole one', () => {
    for (const reply of [
      '{"confidence": 0.8',
      '{"confidence": 0.',
      '{"instances": 1',
      '{"a": "x", "b": tru',
      '{"a": -',
    ]) {
      expect(parseDocument(reply)).toMatchObject({ errorClass: 'syntax' });
    }
  });

  it.each([
    ['an ellipsis for what it left out', '{"steps":[{"a":1},{"b":2}, ...]}'],
    ['a comment', '{"instances": 2 // or 20\n}'],
    ['a field given twice', '{"confidence":0.2,"confidence":0.9}'],
    ['brackets that do not match', '{"steps":[{"a":1]}'],
    ['two documents', '{"summary":"one"} or rather {"summary":"two"}'],
    ['a decimal comma', '{"confidence": 0,9, "service": "middle"}'],
    ['joined strings', '{"service": "mid" + "dle"}'],
    ['a number with leading zeros completed', '{"a": 1e}'],
  ])('is refused with %s', (_, reply) => {
    expect(parseDocument(reply)).toMatchObject({ errorClass: 'syntax' });
  });

  it('leaves NaN something that no schema takes for a number', () => {
    expect(parseDocument('{"confidence": NaN}')).toEqual({ value: { confidence: 'NaN' }, mended: ['repaired'] });
  });

  it.each([
    ["I'm sorry, but I can't help with that."],
    ['Der Dienst hat zu wenig Speicher, bitte neu starten.'],
    ['サービスを再起動してください。'],
  ])('is missing where there are only words: %s', (reply) => {
    expect(parseDocument(reply)).toMatchObject({ errorClass: 'refusal' });
  });

  it('is missing in nothing, and not looked for in a flood', () => {
    expect(parseDocument(' \n')).toMatchObject({ errorClass: 'empty' });
    expect(parseDocument(`{"a":"${'x'.repeat(1_000_000)}"}`)).toMatchObject({ errorClass: 'syntax' });
  });

  it('is looked for in bounded time', () => {
    const nested = '{"a":['.repeat(15_000);
    const before = performance.now();
    expect(parseDocument(nested)).toMatchObject({ errorClass: 'syntax' });
    expect(parseDocument('{ "'.repeat(30_000))).toMatchObject({ errorClass: 'syntax' });
    expect(performance.now() - before).toBeLessThan(2_000);
  });
});
