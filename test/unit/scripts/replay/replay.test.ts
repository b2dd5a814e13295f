import { describe, expect, it } from 'vitest';
import type { ScanArchive } from '../../../../lambdas/ports/scan-archive.ts';
import { parseTime } from '../../../../scripts/replay/parse-time.ts';
import { readScans } from '../../../../scripts/replay/read-archive.ts';
import { replay } from '../../../../scripts/replay/replay.ts';
import { UserError } from '../../../../scripts/user-error.ts';
import { detectionWorld, healthy, slowPayments } from '../../../support/detection-world.ts';

/** A live run with one trouble in it, and ten more minutes, after which all of it is in the archive. */
async function archivedRun(seriesInShard = 500) {
  const world = detectionWorld({ seriesInShard });
  world.publishHistory();
  await world.live(900, healthy);
  await world.live(120, slowPayments);
  const troubleTo = world.clock.now();
  await world.live(1300, healthy);
  return { world, from: world.start, to: troubleTo };
}

const day = 86_400_000;
const read = ({ ports, clock }: ReturnType<typeof detectionWorld>, from: number, to: number) =>
  readScans(ports.scanArchive, { from, to }, { now: Math.max(to, clock.now()), keptDays: 400 });

describe('a replay', { timeout: 60_000 }, () => {
  it.each([500, 4])('raises what was raised, %i series in a shard', async (seriesInShard) => {
    const { world, from, to } = await archivedRun(seriesInShard);
    const settings = { ...world.settings, settlingSeconds: 2 };
    const report = await replay(await read(world, from, to), { ...settings, from, to });
    const told = ({ service, services, title, onset, series }: (typeof report.incidents)[number]) => ({
      service,
      services,
      title,
      onset,
      series,
    });
    const lived = [...world.records.incidents.values()];
    expect(lived).toHaveLength(1);
    expect(report.incidents.map(told)).toEqual(lived.map(told));
    expect(report).toMatchObject({ series: 35, learning: 0 });
    expect(report.alarms.map(({ service }) => service)).toContain('payments');
  });

  it('judges an interval alone, having learnt what was archived before it', async () => {
    const { world, to } = await archivedRun();
    const from = world.start + 600_000;
    const settings = { ...world.settings, from, to };
    const report = await replay(await read(world, from, to), settings);
    expect(report.passes).toBe((to - from) / 5000);
    expect(report.incidents.map(({ service }) => service)).toEqual(['payments']);
    const quiet = { ...settings, to: from + 240_000 };
    expect((await replay(await read(world, from, quiet.to), quiet)).incidents).toEqual([]);
  });

  it('says in one line that there is nothing to replay', async () => {
    const world = detectionWorld();
    await expect(read(world, world.start, world.start + 60_000)).rejects.toThrow(
      'The archive holds no scan between 2026-01-06T12:00:00.000Z and 2026-01-06T12:01:00.000Z',
    );
  });

  it('asks the archive for no more than it can hold, and for little at a time', async () => {
    const now = Date.UTC(2030, 0, 31);
    const asked = { ever: 0, now: 0, most: 0 };
    const archive: ScanArchive = {
      put: () => Promise.reject(new Error('is only read')),
      get: () => Promise.resolve(null),
      list: async () => {
        asked.ever += 1;
        asked.now += 1;
        asked.most = Math.max(asked.most, asked.now);
        await Promise.resolve();
        asked.now -= 1;
        return [];
      },
    };
    const reading = (from: number, to = now) => readScans(archive, { from, to }, { now, keptDays: 400 });
    const beyond = [
      reading(now - 401 * day),
      reading(parseTime('--from', '999999999999d', now)),
      reading(now, now + 1),
    ];
    for (const one of beyond) {
      await expect(one).rejects.toThrow('The archive keeps the last 400 days: what is replayed must lie within them.');
      await expect(one).rejects.toBeInstanceOf(UserError);
    }
    expect(asked.ever).toBe(0);
    await expect(reading(now - 400 * day)).rejects.toThrow('The archive holds no scan');
    expect(asked.ever).toBeGreaterThan(400 * 24);
    expect(asked.most).toBeLessThanOrEqual(16);
  });
});

describe('a time of a replay', () => {
  const now = Date.UTC(2030, 0, 31, 12);
  it.each([
    ['2030-01-31T17:00Z', Date.UTC(2030, 0, 31, 17)],
    ['2030-01-31T17:00:05', Date.UTC(2030, 0, 31, 17, 0, 5)],
    ['2030-01-31', Date.UTC(2030, 0, 31)],
    ['2028-02-29', Date.UTC(2028, 1, 29)],
    ['90m', now - 90 * 60_000],
    ['3d', now - 3 * 86_400_000],
    ['0m', now],
  ])('may be %s', (text, at) => {
    expect(parseTime('--from', text, now)).toBe(at);
  });

  it.each(['yesterday', '2030-13-01', '2030-02-31', '2029-02-29T12:00Z', '6', '6y', '17:00', ''])(
    "may not be '%s'",
    (text) => {
      expect(() => parseTime('--from', text, now)).toThrow('--from is');
    },
  );
});
