import { contribute } from '../contribution.ts';
import { clamp, largest, level, speaksOf, spread } from '../features.ts';
import { loneExits } from '../trouble.ts';
import { zonePattern } from '../zone-pattern.ts';
import { loneSign, newcomer, pinned } from './lone-instance.ts';
import { explainedByChange } from './recent-changes.ts';
import { busyWithout, growsInMemory } from './resource-use.ts';
import type { Signs } from './signs.ts';

export const badInstance: Signs = (system, view) => {
  const { alone, everywhere } = loneSign(view);
  const host = speaksOf(view, 'host');
  const exits = loneExits(view);
  return [
    ...contribute(
      3.5,
      alone?.strongest ?? 0,
      `only ${alone?.lone?.id ?? 'one instance'} is affected`,
      ...(alone?.items ?? []),
    ),
    ...contribute(3.5, exits.value * (1 - newcomer(view).value), 'one instance exits again and again', ...exits.items),
    ...contribute(2.5, host.value, 'its logs speak of the host', ...host.items),
    ...contribute(-4, alone === undefined ? 1 - exits.value : 0, 'no single instance stands out'),
    ...contribute(-2 * (1 - exits.value), everywhere, 'all of its instances are affected'),
    ...contribute(
      -1.5 * (1 - host.value),
      Math.max(pinned(view).value, spread(view, 'cpu', 'above').lone === null ? 0 : busyWithout(view).value),
      'that instance is busy with work of its own',
    ),
    ...contribute(
      -2.5,
      spread(view, 'memory', 'above').lone === null ? 0 : growsInMemory(view).value,
      'its memory grows',
    ),
    ...contribute(-3.5, speaksOf(view, 'network').value, 'connections break between places'),
    ...explainedByChange(system, view),
  ];
};

export const badNetwork: Signs = (system, view) => {
  const zone = zonePattern(system, view);
  const words = speaksOf(view, 'network');
  const repeats = largest(level(view, 'retries', 'above'), level(view, 'timeouts', 'above'));
  return [
    ...contribute(3, zone.value, 'one zone is worse off than the others', ...zone.items),
    ...contribute(4, words.value, 'its logs speak of broken connections', ...words.items),
    ...contribute(0.8, repeats.value, 'calls are repeated', ...repeats.items),
    ...contribute(-3, 1 - clamp(Math.max(zone.value, words.value) * 2), 'nothing points to the network'),
    ...contribute(-1.5, busyWithout(view).value, 'it is busy'),
  ];
};
