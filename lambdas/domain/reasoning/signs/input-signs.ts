import { contribute } from '../contribution.ts';
import { clamp, failing, largest, level, speaksOf } from '../features.ts';
import { recurringInput } from './recurring-input.ts';
import type { Signs } from './signs.ts';

export const poisonInput: Signs = (_system, view) => {
  const words = speaksOf(view, 'badInput');
  const again = recurringInput(view);
  const queue = largest(level(view, 'queueAge', 'above'), level(view, 'queueDepth', 'above'));
  const killed = largest(speaksOf(view, 'outOfMemory'), level(view, 'restarts', 'above'));
  return [
    ...contribute(3.5, words.value, 'it cannot read some input', ...words.items),
    ...contribute(
      1.5,
      again.value * clamp(words.value + killed.value),
      'the same input comes again and again',
      ...again.items,
    ),
    ...contribute(1, queue.value, 'work waits behind it', ...queue.items),
    ...contribute(0.8, Math.min(killed.value, again.value), 'processes die on it', ...killed.items),
    ...contribute(-3.5, 1 - clamp(Math.max(words.value, again.value * killed.value) * 2), 'no input is complained of'),
  ];
};

export const expiredCredential: Signs = (_system, view) => {
  const words = speaksOf(view, 'credential');
  const fails = failing(view);
  return [
    ...contribute(4.5, words.value, 'it is refused for want of authority', ...words.items),
    ...contribute(-4, 1 - clamp(words.value * 3), 'nothing is refused for want of authority'),
    ...contribute(1, Math.min(words.value, fails.value), 'requests fail with it', ...fails.items),
  ];
};
