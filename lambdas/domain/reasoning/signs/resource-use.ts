import { clamp, growth, level, load, type Measured, nothing, spread } from '../features.ts';
import type { ServiceView } from '../service-view.ts';

/** Memory in steady growth. */
export const growsInMemory = (view: ServiceView): Measured => growth(view, 'memory');

/** Processors busy with more than the requests that came, asked for or repeated, bring along. */
export const busyWithout = (view: ServiceView): Measured => {
  const cpu = level(view, 'cpu', 'above');
  const grown = load(view);
  return { value: cpu.value * (1 - grown.value), items: [...cpu.items, ...grown.items] };
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
