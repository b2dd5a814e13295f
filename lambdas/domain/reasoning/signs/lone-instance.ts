import { clamp, type Measured, nothing, spread } from '../features.ts';
import type { ServiceView } from '../service-view.ts';

export const loneSign = (view: ServiceView) => {
  const spreads = (['latency', 'errors', 'timeouts', 'restarts', 'cpu', 'memory', 'garbageCollection'] as const).map(
    (role) => spread(view, role, 'above'),
  );
  const silent = spread(view, 'heartbeat', 'below');
  const all = [...spreads, silent];
  const alone = all.filter(({ lone }) => lone !== null).sort((left, right) => right.strongest - left.strongest)[0];
  const everywhere = Math.max(
    0,
    ...all.filter(({ lone }) => lone === null).map(({ share, strongest }) => share * strongest),
  );
  return { alone, everywhere };
};

/** One instance at the end of its processors while its siblings are not, 0 to 1. */
export const pinned = (view: ServiceView): Measured => {
  const { lone, items } = spread(view, 'cpu', 'above');
  const now = lone?.metric('cpu')?.now;
  return now == null ? nothing : { value: clamp((now - 92) / 6), items };
};

/** The one instance that stands out runs the wanted version while its siblings do not yet, 0 or 1. */
export const newcomer = (view: ServiceView): Measured => {
  const { alone } = loneSign(view);
  const versionOf = (id: string | undefined) => view.service?.instances.find((instance) => instance.id === id)?.version;
  const own = versionOf(alone?.lone?.id);
  const others =
    view.service?.instances.filter(
      ({ id, version, state }) => id !== alone?.lone?.id && version === own && state === 'running',
    ) ?? [];
  return own === undefined || own !== view.service?.desired.version || others.length > 0
    ? nothing
    : { value: 1, items: alone?.items ?? [] };
};
