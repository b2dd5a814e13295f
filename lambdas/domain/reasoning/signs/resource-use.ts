import { clamp, growth, largest, level, load, type Measured, nothing, requestsGrown, spread } from '../features.ts';
import { dependenciesOf } from '../locate.ts';
import type { ServiceView, SystemView } from '../service-view.ts';
import { ratio, strength } from '../symptom.ts';

/** Memory in steady growth. */
export const growsInMemory = (view: ServiceView): Measured => growth(view, 'memory');

/**
 * Processors busy with more than the requests that came, asked for or repeated, bring along. Of each series: an
 * instance that takes over what a sibling let fall is busy with requests of its own.
 */
export const busyWithout = (view: ServiceView): Measured => {
  const shared = load(view);
  return largest(
    ...[view, ...view.instances].map((each) => {
      const cpu = each.metric('cpu');
      const own = each === view ? shared : requestsGrown(each);
      const grown = own.value > shared.value ? own : shared;
      const value = strength(cpu, 'above') * (1 - grown.value);
      return cpu === undefined || value === 0 ? nothing : { value, items: [cpu, ...grown.items] };
    }),
  );
};

/** How near its processors are to their end, 0 (under 60%) to 1 (90%): below, they do not make answers slow. */
export const saturated = (view: ServiceView): number =>
  Math.max(0, ...[view, ...view.instances].map(({ metric }) => clamp(((metric('cpu')?.now ?? 0) - 60) / 30)));

/**
 * Connections held beyond what requests and their duration account for, 0 to 1. As many are in use as are asked for a
 * second, times how long each is held (Little's law): what rises beyond both is not given back.
 */
export const heldConnections = (system: SystemView, view: ServiceView): Measured => {
  const connections = view.metric('connections');
  if (connections === undefined || connections.direction !== 'above') return nothing;
  const slower = Math.max(1, ...[view, ...dependenciesOf(system, view)].map(({ metric }) => ratio(metric('latency'))));
  const asked = Math.max(1, ratio(view.metric('requests')));
  return { value: clamp((ratio(connections) / (slower * asked) - 1.3) / 0.7), items: [connections] };
};

/** A cache without a bound beside memory that climbs alike everywhere, as one filled by the same requests does. */
export const uncappedCache = (view: ServiceView): Measured => {
  const hits = view.metric('cacheHits');
  const { share, lone, items } = spread(view, 'memory', 'above');
  return hits === undefined || view.service?.desired.cacheLimitMegabytes !== null || lone !== null
    ? nothing
    : { value: share, items: [hits, ...items] };
};

/** Connections close to their limit: merely more of them are an echo of slow answers. */
export const usedUp = (view: ServiceView): Measured => {
  const used = level(view, 'connections', 'above');
  const extremes = [view.metric('connections'), ...view.instances.map(({ metric }) => metric('connections'))].map(
    (item) => item?.peak ?? 0,
  );
  return { ...used, value: used.value * clamp((Math.max(0, ...extremes) - 70) / 25) };
};
