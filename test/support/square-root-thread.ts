import { setTimeout } from 'node:timers/promises';
import { workInThread } from '../../scripts/scenario/threads.ts';

/** The larger the number, the sooner its root. */
workInThread(async (square: number) => {
  if (square < 0) throw new RangeError(`${square} has no root`);
  await setTimeout(100 / (1 + square));
  return Math.sqrt(square);
});
