import { describe, expect, it } from 'vitest';
import { canaryOf, givesCanaryAway } from '../../../../lambdas/domain/reasoning/canary.ts';

const canary = canaryOf('01J9ZQ5T9E8Y7W6V5T4S3R2Q1P');

describe('the canary', () => {
  it('is another for other randomness', () => {
    expect(canaryOf('01J9ZQ5T9E8Y7W6V5T4S3R2Q1Q')).not.toBe(canary);
  });

  it.each([
    ['as it is', canary],
    ['in capitals', canary.toUpperCase()],
    ['spaced', [...canary].join(' ')],
    ['reversed', [...canary].reverse().join('')],
    ['in hexadecimal', Buffer.from(canary).toString('hex')],
    ['in base 64', Buffer.from(`my word is ${canary}, so`).toString('base64')],
    ['in base 64, shifted', Buffer.from(`y word is ${canary}, so`).toString('base64')],
    ['in base 64, shifted again', Buffer.from(` word is ${canary}, so`).toString('base64')],
  ])('is found %s', (_, told) => {
    expect(givesCanaryAway(JSON.stringify({ reasoning: `the word: ${told}.` }), canary)).toBe(true);
  });

  it('is not seen in an ordinary reply', () => {
    expect(givesCanaryAway(JSON.stringify({ summary: 'mark-sweep collection is slow', steps: [] }), canary)).toBe(
      false,
    );
    expect(givesCanaryAway('', canary)).toBe(false);
  });
});
