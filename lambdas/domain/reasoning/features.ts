import type { EvidenceId } from '../ids.ts';
import type { MetricRole } from '../signal/series.ts';
import type { Change } from '../topology/change.ts';
import type { ChangeEvidence, InstanceView, RisenLog, ServiceView, SystemView } from './service-view.ts';
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

/** Share of the wanted instances that do not run, 0 to 1; fewer that are wanted so are no trouble. */
export const missingInstances = (view: ServiceView): Measured => {
  if (view.service === undefined) {
    return nothing;
  }
  const wanted = view.service.desired.instanceCount;
  const running = view.service.instances.filter(({ state }) => state === 'running').length;
  const item = view.metric('instances');
  return wanted <= running ? nothing : { value: (wanted - running) / wanted, items: item === undefined ? [] : [item] };
};

/**
 * Processes of one instance that the platform had to start again and again since the onset, while its siblings kept
 * theirs, 0 (once) to 1 (three times or more).
 */
export const loneExits = (view: ServiceView): Measured => {
  const exits = view.changes.filter(({ sinceOnset, change }) => sinceOnset && isExit(change));
  const places = new Set(exits.map(({ change }) => change.instance));
  return places.size !== 1 || view.instances.length < 2
    ? nothing
    : { value: clamp((exits.length - 1) / 2), items: exits.slice(0, 4) };
};

/** The one whose process exits again and again, if one does. */
export const exitingInstance = (view: ServiceView): InstanceView | undefined =>
  loneExits(view).value === 0
    ? undefined
    : view.instances.find(({ id }) =>
        view.changes.some(({ sinceOnset, change }) => sinceOnset && isExit(change) && change.instance === id),
      );

const isExit = ({ kind, actor, instance }: Change): boolean =>
  kind === 'restart' && actor === 'platform' && instance !== null;

/** How badly a service serves its callers, which is what makes theirs, 0 to 1. */
export const servingBadly = (view: ServiceView): Measured =>
  largest(failing(view), level(view, 'latency', 'above'), level(view, 'heartbeat', 'below'), missingInstances(view));

/** How bad a service is off, by anything seen of it, 0 to 1. */
export const trouble = (view: ServiceView): Measured => largest(ownTrouble(view), ...passedOn(view));

/** Signs that calls to a troubled dependency alone do not bring about. */
export const ownTrouble = (view: ServiceView): Measured => {
  const grown = load(view);
  const busy = level(view, 'cpu', 'above');
  return largest(
    loneExits(view),
    { value: busy.value * (1 - 0.7 * grown.value), items: [...busy.items, ...grown.items] },
    ...(['memory', 'disk', 'garbageCollection', 'restarts'] as const).map((role) => level(view, role, 'above')),
    ...(['cacheHits', 'heartbeat'] as const).map((role) => level(view, role, 'below')),
    missingInstances(view),
  );
};

/** Signs that travel upstream along the call graph. */
const passedOn = (view: ServiceView): readonly Measured[] => [
  failing(view),
  ...(['latency', 'timeouts', 'retries', 'connections', 'queueDepth', 'queueAge'] as const).map((role) =>
    level(view, role, 'above'),
  ),
];

/** Start of the first sign of trouble; null where there is none. */
export const firstSign = (view: ServiceView): number | null => {
  const roles: readonly MetricRole[] = [
    'errors',
    'latency',
    'timeouts',
    'retries',
    'cpu',
    'memory',
    'disk',
    'garbageCollection',
    'connections',
    'queueDepth',
    'queueAge',
    'cacheHits',
    'restarts',
    'heartbeat',
  ];
  const onsets = roles
    .flatMap((role) => [view.metric(role), ...view.instances.map(({ metric }) => metric(role))])
    .flatMap((item) => (item?.direction != null && item.onset !== null ? [item.onset] : []));
  return onsets.length === 0 ? null : Math.min(...onsets);
};

export const clamp = (value: number): number => Math.max(0, Math.min(1, value));
