import { afterEach, describe, expect, it } from 'vitest';
import { logReader } from '../../../../lambdas/adapters/aws/log-reader.ts';
import { serviceNameSchema } from '../../../../lambdas/domain/ids.ts';
import { type PagedLogs, pagedLogs } from '../../../support/paged-logs.ts';

const service = (name: string) => serviceNameSchema.parse(name);
const minute = 60_000;
/** A line each so many milliseconds. */
const lines = (from: number, to: number, every: number) =>
  Array.from({ length: Math.ceil((to - from) / every) }, (_, index) => from + index * every);
const ats = (read: readonly { readonly at: number }[]) => read.map(({ at }) => at);

let logs: PagedLogs;
const reading = async (groups: Readonly<Record<string, readonly number[]>>, linesInPage: number) => {
  logs = await pagedLogs(groups, linesInPage);
  return logReader(logs.client, 'test');
};
afterEach(() => logs.close());

describe('the newest lines of a log', () => {
  const patient = { limit: 300, withinMilliseconds: 20_000 };

  it('are all there are, in one call, where there are few', async () => {
    const { readLogs } = await reading({ orders: lines(0, 20 * minute, 10_000) }, 1000);
    const read = await readLogs({ service: service('orders'), from: 0, to: 20 * minute, ...patient });
    expect(read.lines).toHaveLength(120);
    expect(read.readFrom).toBe(0);
    expect(read.end).toBe('all');
    expect(logs.calls).toHaveLength(1);
  });

  it('are found without reading a flood before them', async () => {
    const flood = lines(0, 20 * minute, 10);
    const { readLogs } = await reading({ orders: flood }, 100);
    const read = await readLogs({ service: service('orders'), from: 0, to: 20 * minute, ...patient });
    expect(ats(read.lines)).toEqual(flood.slice(-300));
    expect(read.readFrom).toBeGreaterThan(20 * minute - 3100);
    expect(read.readFrom).toBeLessThanOrEqual(20 * minute - 2990);
    expect(read.end).toBe('limited');
    expect(logs.calls.length, '120,000 lines are 1,200 pages').toBeLessThan(40);
  });

  it('reach back over quiet times before a burst', async () => {
    const written = [...lines(0, 20 * minute, 30_000), ...lines(20 * minute - 250, 20 * minute, 1)];
    const { readLogs } = await reading({ orders: written }, 100);
    const read = await readLogs({ service: service('orders'), from: 0, to: 20 * minute, ...patient });
    expect(ats(read.lines)).toEqual(written);
    expect(read.readFrom).toBe(0);
  });

  it('are some of those of a millisecond that holds more than are wanted', async () => {
    const { readLogs } = await reading({ orders: Array.from({ length: 1000 }, () => 5000) }, 100);
    const read = await readLogs({ service: service('orders'), from: 0, to: 20_000, ...patient });
    expect(read.lines).toHaveLength(300);
    expect(read.readFrom).toBe(5001);
    expect(read.end).toBe('limited');
  });

  it('are those that came in time, also of the services that wait behind a slow one', async () => {
    const groups = { slow: lines(0, minute, 100), none: [], other: lines(0, minute, 1000) };
    const { readLogs } = await reading(groups, 100);
    // Four pages of the whole, the newest slice, and a part of the slice before it.
    logs.answer('slow', 6);
    logs.answer('none', 0);
    const wish = { from: 0, to: minute, limit: 300, withinMilliseconds: 400 };
    const [slow, none, other] = await Promise.all(
      ['slow', 'none', 'other'].map((name) => readLogs({ service: service(name), ...wish })),
    );
    expect(slow?.readFrom).toBe(minute - 7500);
    expect(slow?.end).toBe('late');
    expect(ats(slow?.lines ?? [])).toEqual(groups.slow.filter((at) => at >= minute - 7500));
    expect(none).toEqual({ lines: [], readFrom: minute, end: 'late' });
    expect(other?.lines).toHaveLength(60);
  });
});

describe('a log of very long lines', () => {
  it('has too much in it, where a slow one has too little time', async () => {
    const { readLogs } = await reading({ long: lines(0, minute, 1000) }, 10);
    logs.answer('long', 4);
    const wish = { service: service('long'), from: 0, to: minute, limit: 100, withinMilliseconds: 300 };
    expect((await readLogs(wish)).end).toBe('late');
    logs.answer('long', 4);
    logs.pad(10_000);
    expect((await readLogs(wish)).end, '400,000 characters in 40 lines').toBe('limited');
  });
});

describe('following a log', () => {
  const follow = (name: string, from = 0) => ({
    service: service(name),
    from,
    to: minute,
    limit: 10_000,
    withinMilliseconds: 300,
  });

  it('keeps what came before it took too long, up to the last whole millisecond', async () => {
    const { followLogs } = await reading({ slow: [1, 2, 2, 3, 3, 3, 4] }, 5);
    logs.answer('slow', 1);
    const read = await followLogs(follow('slow'));
    expect(ats(read.lines)).toEqual([1, 2, 2]);
    expect(read.readTo).toBe(3);
    logs.answer('slow', 9);
    expect(ats((await followLogs(follow('slow', read.readTo))).lines)).toEqual([3, 3, 3, 4]);
  });

  it('gets past a millisecond that holds more than comes in time', async () => {
    const { followLogs } = await reading({ slow: [7, 7, 7, 7] }, 2);
    logs.answer('slow', 1);
    const read = await followLogs(follow('slow', 7));
    expect(ats(read.lines)).toEqual([7, 7]);
    expect(read.readTo).toBe(8);
  });

  it('says so when nothing came', async () => {
    const { followLogs } = await reading({ slow: [1] }, 5);
    logs.answer('slow', 0);
    await expect(followLogs(follow('slow'))).rejects.toThrow('nothing came within 300 ms');
  });

  it('has its whole time when its turn comes, and gives up its turn when that takes too long', async () => {
    const { followLogs } = await reading({ one: [1], two: [2], three: [3], late: [4], later: [5] }, 5);
    for (const name of ['one', 'two', 'three', 'late']) logs.answer(name, 0);
    const begun = performance.now();
    // Silent, they hold all turns for 300 ms.
    const outcomes = await Promise.allSettled([
      ...['one', 'two', 'three'].map((name) => followLogs(follow(name))),
      followLogs({ ...follow('late'), withinMilliseconds: 800 }),
      followLogs({ ...follow('later'), withinMilliseconds: 100 }),
    ]);
    expect(outcomes.map((each) => (each.status === 'rejected' ? each.reason.message : 'read'))).toEqual([
      ...Array.from({ length: 3 }, () => 'nothing came within 300 ms'),
      'nothing came within 800 ms',
      'its turn did not come within 100 ms',
    ]);
    expect(performance.now() - begun).toBeGreaterThan(1050);
    expect(logs.calls.toSorted()).toEqual(['late', 'one', 'three', 'two']);
  });
});
