import type { EvidenceId } from '../ids.ts';
import type { MetricRole } from '../signal/series.ts';
import type { InstanceView, RisenLog, ServiceView } from './service-view.ts';
import { climb, ratio, strength } from './symptom.ts';
import type { Topic } from './vocabulary.ts';

export type Measured = { readonly value: number; readonly items: readonly { readonly id: EvidenceId }[] };

export const nothing: Measured = { value: 0, items: [] };

/** Strength of a role on a service: its own series, or the strongest of its instances. */
export const level = (view: ServiceView, role: MetricRole, direction: 'above' | 'below'): Measured => {
  const own = view.metric(role);
  const candidates = [own, ...view.instances.map(({ metric }) => metric(role))].flatMap((item) =>
    item === undefined ? [] : [{ item, value: strength(item, direction) }],
  );
  const best = candidates.reduce<(typeof candidates)[number] | undefined>(
    (strongest, each) => (strongest === undefined || each.value > strongest.value ? each : strongest),
    undefined,
  );
  return best === undefined || best.value === 0 ? nothing : { value: best.value, items: [best.item] };
};

export const largest = (...measures: readonly Measured[]): Measured =>
  measures.reduce((best, each) => (each.value > best.value ? each : best), nothing);

/** Growth of requests by whatever cause, 0 (none) to 1 (half as many again or more). */
export const load = (view: ServiceView): Measured => requestsGrown(view);

/** The same of a service or of one of its instances. */
export const requestsGrown = ({ metric }: Pick<ServiceView, 'metric'>): Measured => {
  const item = metric('requests');
  return item === undefined || item.direction !== 'above'
    ? nothing
    : { value: clamp((ratio(item) - 1.05) / 0.45), items: [item] };
};

/** Failing share of requests: growth in points, 0 to 1 at ten points. */
export const failing = (view: ServiceView): Measured => {
  const errors = view.metric('errors');
  const requests = view.metric('requests');
  if (errors === undefined || errors.direction !== 'above') {
    return nothing;
  }
  if (requests?.now == null || requests.before == null || requests.now <= 0) {
    return { value: strength(errors, 'above'), items: [errors] };
  }
  const grown = (errors.now ?? 0) / requests.now - (errors.before ?? 0) / Math.max(requests.before, 1);
  return { value: clamp(grown / 0.1), items: [errors] };
};

export type Spread = {
  /** Share of the instances affected, 0 to 1. */
  readonly share: number;
  /** The one instance that stands out from at least one other, if one does. */
  readonly lone: InstanceView | null;
  readonly strongest: number;
  readonly items: readonly { readonly id: EvidenceId }[];
};

/** How a role is spread over the instances of a service. */
export const spread = (view: ServiceView, role: MetricRole, direction: 'above' | 'below'): Spread => {
  const ranked = view.instances
    .map((instance) => ({ instance, item: instance.metric(role) }))
    .filter(({ item }) => item !== undefined)
    .map(({ instance, item }) => ({ instance, item, value: strength(item, direction) }))
    .sort((left, right) => right.value - left.value);
  const [first, second] = ranked;
  const affected = ranked.filter(({ value }) => value >= 0.25);
  const alone =
    first !== undefined && first.value >= 0.25 && ranked.length >= 2 && (second?.value ?? 0) < first.value / 2.5;
  return {
    share: ranked.length === 0 ? 0 : affected.length / ranked.length,
    lone: alone ? first.instance : null,
    strongest: first?.value ?? 0,
    // Quiet siblings are part of what is said: without them no one stands out.
    items: ranked.flatMap(({ item }) => item ?? []).slice(0, 4),
  };
};

/** Steady growth of a role, on the service or on its instances. */
export const growth = (view: ServiceView, role: MetricRole): Measured =>
  largest(
    ...[view.metric(role), ...view.instances.map(({ metric }) => metric(role))].flatMap((item) =>
      item === undefined || item.direction !== 'above' ? [] : [{ value: climb(item), items: [item] }],
    ),
  );

/** How much the logs of a service newly speak of a topic, 0 to 1. */
export const speaksOf = (view: ServiceView, topic: Topic, admit: (log: RisenLog) => boolean = () => true): Measured => {
  const lines = view.logs.filter((log) => log.topics.has(topic) && admit(log));
  return largest(...lines.map((log) => ({ value: log.rise * weightOf(log), items: [log.item] })));
};

const weightOf = ({ item }: RisenLog): number => (item.level === 'error' ? 1 : item.level === 'warn' ? 0.8 : 0.4);

export const clamp = (value: number): number => Math.max(0, Math.min(1, value));
