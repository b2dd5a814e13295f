import { expect, it } from 'vitest';
import { environmentOfTests } from '../../../../scripts/checks/run-check.ts';

it('keeps every key and address of an account or a model from the tests, and leaves the rest', () => {
  const keys = ['GEMINI', 'GOOGLE', 'OPENAI', 'GROQ', 'NVIDIA', 'ANTHROPIC'].map((name) => `${name}_API_KEY`);
  const given = [...keys, 'AWS_SESSION_TOKEN', 'KINTSUGI_MODEL_CHAIN', 'PATH'];
  const left = environmentOfTests(Object.fromEntries(given.map((name) => [name, 'secret'])));
  expect(Object.keys(left).filter((name) => given.includes(name))).toEqual(['PATH']);
});
