import { expect, it } from 'vitest';
import { replayLines } from '../../../../scripts/view/replay-page.ts';

const now = Date.UTC(2030, 0, 31, 12);
const minutesAgo = (minutes: number) => now - minutes * 60_000;
const report = (to: number, archivedTo: number) => ({
  from: minutesAgo(60),
  to,
  archivedTo,
  falseAlarmsPerMonth: 1,
  passes: 10,
  series: 3,
  learning: 0,
  incidents: [],
  alarms: [],
});
const missing = 'replayed up to 2030-01-31 11:52:00: what scans read in the newest ten minutes is not archived yet';

it('says that the newest ten minutes are missing where the interval reaches into them, and only there', () => {
  expect(replayLines(report(now, minutesAgo(8)), now)).toContain(missing);
  expect(replayLines(report(minutesAgo(5), minutesAgo(8)), now)).toContain(missing);
  for (const to of [minutesAgo(8), minutesAgo(30)]) {
    expect(replayLines(report(to, to), now).join()).not.toContain('not archived');
  }
  // A gap of long ago is no matter of the archive being behind.
  expect(replayLines(report(minutesAgo(30), minutesAgo(40)), now).join()).not.toContain('not archived');
});
