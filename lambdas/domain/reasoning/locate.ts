import type { ServiceName } from '../ids.ts';
import { type Contribution, contribute } from './contribution.ts';
import { clamp, largest, level, type Measured, nothing } from './features.ts';
import type { ServiceView, SystemView } from './service-view.ts';
import { firstSign, ownTrouble, servingBadly, trouble } from './trouble.ts';

/** What is said of every service as the place of the cause, whatever the mechanism. */
export const locate = (system: SystemView, view: ServiceView): readonly Contribution[] => {
  const own = ownTrouble(view);
  const any = seen(system, view);
  const named = namedByCallers(system, view);
  const upstream = callersOf(system, view.name);
  const troubled = system.services.map((each) => ({ each, value: trouble(each).value }));
  const sum = troubled.reduce((all, { value }) => all + value, 0);
  const covered = troubled
    .filter(({ each }) => each === view || upstream.has(each.name))
    .reduce((all, { value }) => all + value, 0);
  const explained = worstDependency(system, view);
  const first = Math.min(...system.services.flatMap((each) => firstSign(each) ?? []));
  const mine = firstSign(view);
  // What nobody can reach says nothing of itself.
  const late = mine === null ? 1 - named.value : clamp((mine - first) / 120_000);
  return [
    ...contribute(2, any.value, 'is itself in trouble', ...any.items),
    ...contribute(1.5, own.value, 'shows trouble of its own, not only calls that fail', ...own.items),
    ...contribute(3.5, sum === 0 ? 0 : covered / sum, 'it and its callers are where the trouble is'),
    ...contribute(-2.5 * (1 - 0.6 * own.value), explained.value, 'a service that it calls is in trouble too'),
    ...contribute(1, named.value, 'callers name it in their failures', ...named.items),
    ...contribute(-1.2, late, 'its trouble began later than elsewhere'),
  ];
};

/** Share of all trouble that lies with what the service calls, directly or not, and with nobody above it. */
export const burdened = (system: SystemView, view: ServiceView): number => {
  const above = callersOf(system, view.name);
  const below = new Set<ServiceName>();
  const queue = [view];
  for (let next = queue.pop(); next !== undefined; next = queue.pop()) {
    for (const dependency of dependenciesOf(system, next)) {
      if (!below.has(dependency.name)) {
        below.add(dependency.name);
        queue.push(dependency);
      }
    }
  }
  const troubled = system.services.map((each) => ({ name: each.name, value: trouble(each).value }));
  const sum = troubled.reduce((all, { value }) => all + value, 0);
  const here = troubled.filter(({ name }) => below.has(name) && !above.has(name) && name !== view.name);
  return sum === 0 ? 0 : here.reduce((all, { value }) => all + value, 0) / sum;
};

/** Trouble as the service's own telemetry has it, or, a little less surely, as its callers complain of it. */
const seen = (system: SystemView, view: ServiceView): Measured => {
  const named = namedByCallers(system, view);
  return largest(trouble(view), { ...named, value: named.value * 0.8 });
};

/** Everyone whose calls end up, directly or not, at the service. */
export const callersOf = (system: SystemView, name: ServiceName): ReadonlySet<ServiceName> => {
  const callers = new Set<ServiceName>();
  const queue: ServiceName[] = [name];
  for (let next = queue.pop(); next !== undefined; next = queue.pop()) {
    for (const { service, name: caller } of system.services) {
      if (service?.dependsOn.includes(next) === true && !callers.has(caller) && caller !== name) {
        callers.add(caller);
        queue.push(caller);
      }
    }
  }
  return callers;
};

export const dependenciesOf = (system: SystemView, view: ServiceView): readonly ServiceView[] =>
  (view.service?.dependsOn ?? []).flatMap((name) => system.find(name) ?? []);

export const directCallers = (system: SystemView, view: ServiceView): readonly ServiceView[] =>
  system.services.filter(({ service }) => service?.dependsOn.includes(view.name) === true);

/** The dependency that serves worst, if its trouble did not begin later. */
export const worstDependency = (system: SystemView, view: ServiceView): Measured => {
  const mine = firstSign(view) ?? Number.POSITIVE_INFINITY;
  const grace = Math.max(3 * system.periodSeconds * 1000, 30_000);
  // Whoever has no processor left misses answers that came in time, and complains of whom it called.
  const starved = level(view, 'cpu', 'above').value;
  return largest(
    ...dependenciesOf(system, view)
      .filter((dependency) => (firstSign(dependency) ?? mine) <= mine + grace)
      .map((dependency) => {
        const named = namedByCallers(system, dependency);
        return largest(servingBadly(dependency), { ...named, value: named.value * 0.8 * (1 - starved) });
      }),
  );
};

/** How much the failures that its callers log name this service. */
export const namedByCallers = (system: SystemView, view: ServiceView): Measured => {
  const pattern = new RegExp(`(?<![\\w-])${view.name}(?![\\w-])`, 'i');
  const logs = directCallers(system, view)
    .flatMap((caller) => caller.logs)
    .filter(
      ({ item }) =>
        (item.level === 'error' || item.level === 'warn') &&
        (pattern.test(item.template) || item.recurring.some(({ value }) => pattern.test(value))),
    );
  return logs.length === 0 ? nothing : largest(...logs.map(({ item, rise }) => ({ value: rise, items: [item] })));
};
