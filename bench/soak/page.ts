import { grid } from '../../scripts/view/grid.ts';
import { figure } from '../../scripts/view/measure.ts';
import type { Screen } from '../../scripts/view/screen.ts';
import type { Growth } from './growth.ts';

/** How long a shop runs before it stops itself, hours. */
export const runningHours = 8;

/** What the embedded cloud may take at most, and what a scan may. */
const limits: Readonly<Record<string, number>> = { 'emulator MB': 1024, 'mean scan s': 2 };

/** Names of the figures that are, or after eight hours would be, over their limit. */
export const overLimit = (growths: readonly Growth[]): readonly string[] =>
  growths
    .filter(({ name, last, afterHours }) => Math.max(last, afterHours(runningHours)) > (limits[name] ?? Infinity))
    .map(({ name }) => name);

export const soakLines = (growths: readonly Growth[], screen: Screen): readonly string[] => {
  const over = new Set(overLimit(growths));
  return grid(
    [
      { title: 'figure' },
      { title: 'first', align: 'right' },
      { title: 'last', align: 'right' },
      { title: 'highest', align: 'right' },
      { title: 'an hour', align: 'right' },
      { title: `after ${runningHours} h`, align: 'right' },
      { title: 'limit', align: 'right' },
    ],
    growths.map((growth) => [
      growth.name,
      figure(growth.first),
      figure(growth.last),
      figure(growth.highest),
      `${growth.perHour >= 0 ? '+' : ''}${figure(growth.perHour)}`,
      {
        text: figure(growth.afterHours(runningHours)),
        colour: over.has(growth.name) ? screen.paint.bad : screen.paint.strong,
      },
      limits[growth.name] === undefined ? '' : figure(limits[growth.name] ?? 0),
    ]),
    screen,
  );
};
