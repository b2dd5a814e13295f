import { type MetricRole, metricRoles } from '../signal/series.ts';
import type { Change } from '../topology/change.ts';
import { clamp, failing, largest, level, load, type Measured, nothing } from './features.ts';
import type { InstanceView, ServiceView } from './service-view.ts';

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

/** What moves with demand and with what is wanted, and what is only said. */
const noSigns: ReadonlySet<MetricRole> = new Set(['requests', 'instances', 'logErrors', 'logPattern', 'other']);
const signs = metricRoles.filter((role) => !noSigns.has(role));

/** Start of the first sign of trouble; null where there is none. */
export const firstSign = (view: ServiceView): number | null => {
  const onsets = signs
    .flatMap((role) => [view.metric(role), ...view.instances.map(({ metric }) => metric(role))])
    .flatMap((item) => (item?.direction != null && item.onset !== null ? [item.onset] : []));
  return onsets.length === 0 ? null : Math.min(...onsets);
};
