import { expect, it } from 'vitest';
import { confidenceText } from '../../../../scripts/view/confidence-text.ts';

it('has two digits and is never rounded up to certainty', () => {
  expect([0, 0.5, 0.994, 0.995, 0.9996, 1].map(confidenceText)).toEqual([
    '0.00',
    '0.50',
    '0.99',
    'over 0.99',
    'over 0.99',
    'over 0.99',
  ]);
});
