import { contribute } from '../contribution.ts';
import { demand } from '../demand.ts';
import { clamp, growth, largest, level, speaksOf } from '../features.ts';
import { worstDependency } from '../locate.ts';
import { emptied, explainedByChange } from './recent-changes.ts';
import { growsInMemory, heldConnections, uncappedCache, usedUp } from './resource-use.ts';
import type { Signs } from './signs.ts';

export const leak: Signs = (system, view) => {
  const memory = growsInMemory(view);
  const pauses = largest(level(view, 'garbageCollection', 'above'), speaksOf(view, 'garbage'));
  const killed = speaksOf(view, 'outOfMemory');
  const cache = largest(speaksOf(view, 'eviction'), uncappedCache(view));
  return [
    ...contribute(4, memory.value, 'memory climbs steadily', ...memory.items),
    ...contribute(-3, 1 - clamp(level(view, 'memory', 'above').value * 3), 'memory is as usual'),
    ...contribute(1, pauses.value, 'collecting garbage takes longer', ...pauses.items),
    ...contribute(0.7, killed.value, 'processes run out of memory', ...killed.items),
    ...contribute(-2.5, cache.value, 'the cache is what grows'),
    ...explainedByChange(system, view),
  ];
};

export const unboundedGrowth: Signs = (system, view) => {
  const disk = largest(growth(view, 'disk'), level(view, 'disk', 'above'));
  const full = speaksOf(view, 'disk');
  const memory = growsInMemory(view);
  const cache = largest(speaksOf(view, 'eviction'), level(view, 'cacheHits', 'above'), uncappedCache(view));
  return [
    ...contribute(4.5, disk.value, 'the disk fills', ...disk.items),
    ...contribute(1, full.value, 'its logs speak of space', ...full.items),
    ...contribute(
      4,
      Math.min(memory.value, cache.value),
      'memory climbs with the cache',
      ...memory.items,
      ...cache.items,
    ),
    ...contribute(-3, 1 - clamp(Math.max(disk.value, memory.value) * 3), 'nothing grows'),
    ...explainedByChange(system, view),
  ];
};

export const exhaustedPool: Signs = (system, view) => {
  const held = heldConnections(system, view);
  const used = largest(usedUp(view), held);
  const words = speaksOf(view, 'pool');
  return [
    // What is measured and what is said of it are one sign, hardly two.
    ...contribute(3.8, used.value, 'its connections are used up or held too long', ...used.items),
    ...contribute(3 * (1 - 0.6 * used.value), words.value, 'it waits for a free connection', ...words.items),
    ...contribute(-3, 1 - clamp(Math.max(used.value, words.value) * 2), 'connections are free'),
    ...contribute(-2.5, worstDependency(system, view).value, 'the other end is in trouble itself'),
    ...contribute(-1, demand(system, view).value, 'requests grew'),
    ...explainedByChange(system, view),
  ];
};

export const coldCache: Signs = (system, view) => {
  const misses = level(view, 'cacheHits', 'below');
  // Whom hardly anybody asks any more, such as a cache that was failed over, misses nothing.
  const hits = { ...misses, value: misses.value * (1 - clamp(level(view, 'requests', 'below').value)) };
  const recently = emptied(system, view);
  const words = speaksOf(view, 'cache');
  return [
    ...contribute(4.5, hits.value, 'fewer lookups hit the cache', ...hits.items),
    ...contribute(-4, 1 - clamp(hits.value * 3), 'the cache hits as ever'),
    ...contribute(0.8, Math.min(hits.value, recently.value), 'it was emptied just before', ...recently.items),
    ...contribute(0.5, Math.min(hits.value, words.value), 'its logs speak of the cache', ...words.items),
    ...explainedByChange(system, view),
  ];
};
