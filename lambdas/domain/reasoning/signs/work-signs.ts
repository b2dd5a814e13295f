import { contribute } from '../contribution.ts';
import { broughtByCallers, demand, headedFurther } from '../demand.ts';
import { clamp, largest, level, speaksOf } from '../features.ts';
import { burdened, directCallers, worstDependency } from '../locate.ts';
import type { ServiceView, SystemView } from '../service-view.ts';
import { newcomer, pinned } from './lone-instance.ts';
import { explainedByChange, jobBegan } from './recent-changes.ts';
import { busyWithout, growsInMemory } from './resource-use.ts';
import type { Signs } from './signs.ts';

export const runawayWork: Signs = (system, view) => {
  const busy = busyWithout(view);
  return [
    ...contribute(3.2, busy.value, 'processors are busy without more requests', ...busy.items),
    ...contribute(-3, 1 - clamp(busy.value * 3), 'processors are not busier than the requests make them'),
    ...contribute(
      1.5 * (1 - newcomer(view).value),
      pinned(view).value,
      'one instance computes as much as it can',
      ...pinned(view).items,
    ),
    ...contribute(-2.5, speaksOf(view, 'host').value, 'its host explains it better'),
    ...contribute(-1.5, growsInMemory(view).value, 'memory grows as well'),
    ...contribute(-1.5, level(view, 'cacheHits', 'below').value, 'misses of the cache explain the work'),
    ...explainedByChange(system, view),
  ];
};

export const demandSurge: Signs = (system, view) => {
  const own = demand(system, view);
  const cpu = level(view, 'cpu', 'above');
  return [
    ...contribute(4, own.value, 'requests grew', ...own.items),
    ...contribute(-4, 1 - clamp(own.value * 3), 'requests did not grow, or were but repeated'),
    ...contribute(1, Math.min(own.value, cpu.value), 'processors are busier with them', ...cpu.items),
    ...contribute(-4, Math.min(own.value, broughtByCallers(system, view)), 'its callers brought them'),
    ...contribute(3.5, own.value * burdened(system, view), 'what it calls is burdened with them'),
    ...contribute(2.5, Math.min(own.value, worstDependency(system, view).value), 'and in trouble for it'),
    ...contribute(-3, Math.min(own.value, missedByCallers(system, view)), 'the caches of its callers miss'),
    ...contribute(-3, Math.min(own.value, headedFurther(system, view)), 'they are headed for a service behind it'),
  ];
};

export const scheduledWork: Signs = (system, view) => {
  const began = jobBegan(system, view);
  const words = speaksOf(view, 'job');
  const slow = level(view, 'latency', 'above');
  const taken = largest(busyWithout(view), level(view, 'disk', 'above'), { ...slow, value: slow.value * 0.3 });
  // Jobs run all the time; one that hurts takes far more than they do.
  const much = clamp((taken.value - 0.25) / 0.5);
  return [
    ...contribute(4, began.value * much, 'a job began just before', ...began.items, ...taken.items),
    ...contribute(1.2, words.value * much, 'its logs speak of a job', ...words.items),
    ...contribute(-3.5, 1 - clamp(began.value * 3 + words.value), 'no job began'),
    ...contribute(-2, demand(system, view).value, 'requests grew'),
  ];
};

const missedByCallers = (system: SystemView, view: ServiceView): number =>
  Math.max(0, ...directCallers(system, view).map((caller) => level(caller, 'cacheHits', 'below').value));
