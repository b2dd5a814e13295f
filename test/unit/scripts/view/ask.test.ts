import { PassThrough } from 'node:stream';
import { expect, it } from 'vitest';
import { askYesOrNo } from '../../../../scripts/view/ask.ts';

const asked = (typed: string | null) => {
  const input = new PassThrough();
  const output = new PassThrough();
  if (typed !== null) input.end(typed);
  return askYesOrNo('Go ahead?', 0.2, { input, output });
};

it.each([
  ['y\n', 'yes'],
  ['YES\n', 'yes'],
  ['n\n', 'no'],
  ['\n', 'no'],
  ['yes please\n', 'no'],
  ['', 'no'],
])('takes %j for %s', async (typed, answer) => {
  expect(await asked(typed)).toBe(answer);
});

it('takes no answer within the limit for silence', async () => {
  expect(await asked(null)).toBe('silence');
});
