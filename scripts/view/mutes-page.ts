import { isActive, type Mute, scopeText } from '../../lambdas/domain/mute/mute.ts';
import type { Trouble } from '../operator/trouble-covered.ts';
import { type Column, grid } from './grid.ts';
import type { Screen } from './screen.ts';
import { plain } from './text.ts';
import { dateAndTime, duration } from './time.ts';
import { troubleText } from './trouble-text.ts';

const nothing: Trouble = { inTrouble: 0, recovering: 0, quietSince: null };

const columns: readonly Column[] = [
  { title: 'id' },
  { title: 'why' },
  { title: 'of', flexible: true },
  { title: 'state' },
  { title: 'by' },
  { title: 'reason', flexible: true },
];

/** Mutes that are active or to come, soonest to end first, and how many troubled signals they cover now. */
export const mutesLines = (
  mutes: readonly Mute[],
  covered: ReadonlyMap<string, Trouble>,
  now: number,
  screen: Screen,
): readonly string[] => {
  if (mutes.length === 0) return ['Nothing is muted.'];
  const rows = mutes
    .toSorted((one, other) => one.until - other.until)
    .map((mute) => [
      { text: mute.id, colour: screen.paint.name },
      mute.why,
      plain(scopeText(mute.scope)),
      isActive(mute, now)
        ? `for ${duration(mute.until - now)} more, ${troubleText(covered.get(mute.id) ?? nothing)}`
        : `from ${dateAndTime(mute.from)} UTC`,
      plain(mute.by),
      plain(mute.reason),
    ]);
  return grid(columns, rows, screen);
};
