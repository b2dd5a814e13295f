import type { LogEvidence } from '../../diagnosis/evidence.ts';
import { contribute } from '../contribution.ts';
import { demand } from '../demand.ts';
import { clamp, failing, largest, level, type Measured, speaksOf } from '../features.ts';
import { directCallers, namedByCallers, worstDependency } from '../locate.ts';
import type { ServiceView, SystemView } from '../service-view.ts';
import { missingInstances } from '../trouble.ts';
import { loneSign } from './lone-instance.ts';
import { explainedByChange } from './recent-changes.ts';
import { busyWithout, growsInMemory, saturated, usedUp } from './resource-use.ts';
import type { Signs } from './signs.ts';

export const dependencyDown: Signs = (system, view) => {
  const refused = speaksOfCallee(system, view, 'refused');
  const away = largest(level(view, 'heartbeat', 'below'), missingInstances(view), level(view, 'requests', 'below'));
  // Whoever was killed for want of memory is away for that reason, and back in a moment.
  const silent = { ...away, value: away.value * (1 - clamp(speaksOf(view, 'outOfMemory').value)) };
  const outside = largest(
    speaksOf(view, 'behind'),
    speaksOf(view, 'refused', ({ item }) => !namesDependency(view, item)),
  );
  const fails = failing(view);
  return [
    ...contribute(3, refused.value, 'its callers are refused', ...refused.items),
    ...contribute(2, silent.value, 'it does not answer any more', ...silent.items),
    ...contribute(3, Math.min(outside.value, fails.value), 'what stands behind it fails it', ...outside.items),
    ...contribute(-2.5, 1 - clamp(Math.max(refused.value, silent.value, outside.value) * 2), 'nobody is refused'),
    ...contribute(-1.5, busyWithout(view).value, 'it is busy'),
    ...explainedByChange(system, view),
  ];
};

export const slowDependency: Signs = (system, view) => {
  const latency = level(view, 'latency', 'above');
  const idle = 1 - clamp(busyWithout(view).value * 2) * saturated(view);
  const waits = largest(speaksOfCallee(system, view, 'timeout'), speaksOf(view, 'timeout'));
  return [
    ...contribute(
      3 * idle,
      latency.value,
      'it answers slowly without its processors being at their end',
      ...latency.items,
    ),
    ...contribute(-3, 1 - clamp(latency.value * 3), 'it answers as fast as ever'),
    ...contribute(1, waits.value, 'calls to it time out', ...waits.items),
    ...contribute(-2, loneSign(view).alone === undefined ? 0 : 1, 'only one instance is slow'),
    ...contribute(
      -2,
      Math.max(speaksOf(view, 'pool').value, usedUp(view).value) * (1 - worstDependency(system, view).value),
      'it waits for connections of its own',
    ),
    ...contribute(-2, growsInMemory(view).value, 'its memory grows'),
    ...contribute(-2, speaksOf(view, 'network').value, 'connections break between places'),
    ...contribute(-1.5, level(view, 'cacheHits', 'below').value, 'its cache misses'),
    ...contribute(-1.5, demand(system, view).value, 'requests grew'),
    ...explainedByChange(system, view),
  ];
};

/** How much callers newly log a topic while naming this service. */
const speaksOfCallee = (system: SystemView, view: ServiceView, topic: 'refused' | 'timeout'): Measured => {
  const named = namedByCallers(system, view);
  const lines = largest(
    ...directCallers(system, view).map((caller) =>
      speaksOf(
        caller,
        topic,
        ({ item }) => item.template.includes(view.name) || item.recurring.some(({ value }) => value === view.name),
      ),
    ),
  );
  return named.value === 0 ? { value: 0, items: [] } : lines;
};

const namesDependency = (view: ServiceView, item: LogEvidence): boolean =>
  view.service?.dependsOn.some(
    (name) => item.template.includes(name) || item.recurring.some(({ value }) => value === name),
  ) === true;
