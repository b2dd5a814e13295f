import { clamp, load, type Measured } from './features.ts';
import { callersOf, dependenciesOf, directCallers } from './locate.ts';
import type { ServiceView, SystemView } from './service-view.ts';
import { ratio } from './symptom.ts';

/**
 * Growth of what is really asked of a service, 0 to 1. Calls that fail are repeated, at every step of a chain
 * of calls, and that is but the trouble's own echo: growth counts as far as it came in from outside, or as
 * nobody upstream repeats more than before.
 */
export const demand = (system: SystemView, view: ServiceView): Measured => {
  const grown = load(view);
  if (grown.value === 0) {
    return grown;
  }
  const upstream = [...callersOf(system, view.name)].flatMap((name) => system.find(name) ?? []);
  const entries = upstream.filter((caller) => directCallers(system, caller).length === 0);
  const fromOutside = upstream.length === 0 ? 1 : Math.max(0, ...entries.map((entry) => load(entry).value));
  return { ...grown, value: grown.value * Math.max(fromOutside, 1 - echo(view, upstream)) };
};

/** Share of the growth that repeated calls upstream may have made, 0 to 1. */
const echo = (view: ServiceView, upstream: readonly ServiceView[]): number => {
  const growth = growthOf(view, 'requests');
  const repeated = upstream.reduce((sum, caller) => sum + Math.max(0, growthOf(caller, 'retries')), 0);
  return growth <= 0 ? 0 : clamp(repeated / growth / 0.7);
};

const growthOf = (view: ServiceView, role: 'requests' | 'retries'): number => {
  const item = view.metric(role);
  return item?.now == null || item.before == null ? 0 : item.now - item.before;
};

const growthRatio = (view: ServiceView): number => (load(view).value > 0 ? ratio(view.metric('requests')) : 1);

/** How fully the growth at a service follows from that of its callers, 0 to 1. */
export const broughtByCallers = (system: SystemView, view: ServiceView): number => {
  const callers = Math.max(1, ...directCallers(system, view).map(growthRatio));
  return clamp((callers - 1) / Math.max(growthRatio(view) - 1, 0.01) / 0.8 - 0.25);
};

/** How much more requests grew at one of its dependencies than at the service itself, 0 to 1. */
export const headedFurther = (system: SystemView, view: ServiceView): number => {
  const behind = Math.max(1, ...dependenciesOf(system, view).map(growthRatio));
  return clamp((behind / growthRatio(view) - 1.1) / 0.3);
};
