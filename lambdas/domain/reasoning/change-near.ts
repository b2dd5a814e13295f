import type { Change } from '../topology/change.ts';
import type { ChangeEvidence, ServiceView, SystemView } from './service-view.ts';

/** A change this many minutes before onset still fits fully; beyond, the fit fades by e every so many. */
export type Fit = { readonly fullMinutes: number; readonly fadeMinutes: number };

/**
 * How well a change of this kind on this service fits the onset in time, 0 to 1:
 * shortly before it fits best, after it not at all. A slow effect may trail longer.
 */
export const changeNear = (
  system: SystemView,
  view: ServiceView,
  kinds: readonly Change['kind'][],
  fit: Fit,
  admit: (change: Change) => boolean = () => true,
): { readonly value: number; readonly items: readonly ChangeEvidence[] } => {
  const fits = view.changes
    .filter(({ change }) => kinds.includes(change.kind) && change.actor !== 'operator' && admit(change))
    .map((item) => ({ item, value: timeFit(system, item.change.at, fit) }))
    .sort((left, right) => right.value - left.value);
  const best = fits[0];
  return best === undefined || best.value < 0.02 ? { value: 0, items: [] } : { value: best.value, items: [best.item] };
};

const timeFit = ({ onset, periodSeconds }: SystemView, at: number, { fullMinutes, fadeMinutes }: Fit): number => {
  const grace = Math.max(2 * periodSeconds * 1000, 20_000);
  const minutesBefore = (onset - at) / 60_000;
  return at > onset + grace ? 0 : Math.exp(-Math.max(0, minutesBefore - fullMinutes) / fadeMinutes);
};
