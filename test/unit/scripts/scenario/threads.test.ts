import { describe, expect, it } from 'vitest';
import { doInThreads } from '../../../../scripts/scenario/threads.ts';

const module = new URL('../../../support/square-root-thread.ts', import.meta.url);
const roots = (squares: readonly number[], done: number[] = []) =>
  doInThreads<number, number>(
    module,
    squares,
    (square) => `the root of ${square}`,
    (root) => done.push(root),
  );

describe('work in threads', () => {
  it('comes back in the order of the tasks, whichever is done first', async () => {
    const done: number[] = [];
    expect(await roots([0, 1, 4, 9, 16], done)).toEqual([0, 1, 2, 3, 4]);
    expect(done.toSorted()).toEqual([0, 1, 2, 3, 4]);
  });

  it('fails with what the task was called and why', async () => {
    await expect(roots([1, -1, 4])).rejects.toThrow(/^the root of -1 broke off: RangeError: -1 has no root/);
  });

  it('is nothing where there is nothing to do', async () => {
    expect(await roots([])).toEqual([]);
  });
});
