import type { LogEvidence } from '../diagnosis/evidence.ts';
import type { Mechanism } from '../diagnosis/mechanism.ts';
import { type Contribution, contribute } from './contribution.ts';
import { broughtByCallers, demand, headedFurther } from './demand.ts';
import {
  changeNear,
  clamp,
  failing,
  growth,
  largest,
  level,
  load,
  type Measured,
  missingInstances,
  nothing,
  speaksOf,
  spread,
  trouble,
} from './features.ts';
import { directCallers, namedByCallers, worstDependency } from './locate.ts';
import type { ServiceView, SystemView } from './service-view.ts';
import { zonePattern } from './zone-pattern.ts';

type Signs = (system: SystemView, view: ServiceView) => readonly Contribution[];

const atOnce = { fullMinutes: 1, fadeMinutes: 5 };
/** What grows until it hurts was brought in long before; and one more process may have lived well for as long. */
const slowly = { fullMinutes: 30, fadeMinutes: 30 };

const deployed = (system: SystemView, view: ServiceView) => {
  const memory = growth(view, 'memory');
  const slow = memory.value > 0.5;
  const near = changeNear(system, view, ['deploy'], slow ? slowly : atOnce);
  return { value: near.value, items: slow && near.value > 0 ? [...near.items, ...memory.items] : near.items };
};
const reconfigured = (system: SystemView, view: ServiceView) => changeNear(system, view, ['config'], atOnce);
const jobBegan = (system: SystemView, view: ServiceView) =>
  changeNear(system, view, ['job'], { fullMinutes: 1, fadeMinutes: 8 }, ({ summary }) => !endsWork.test(summary));
const endsWork = /\b(?:finish|complet|end|stop|pause)/i;
const growsInMemory = (view: ServiceView): Measured => growth(view, 'memory');
const growsOnDisk = (view: ServiceView): Measured => largest(growth(view, 'disk'), level(view, 'disk', 'above'));

/** One instance at the end of its processors while its siblings are not, 0 to 1. */
const pinned = (view: ServiceView): Measured => {
  const { lone, items } = spread(view, 'cpu', 'above');
  const now = lone?.metric('cpu')?.now;
  return now == null ? nothing : { value: clamp((now - 92) / 6), items };
};

/** The one instance that stands out runs the wanted version while its siblings do not yet, 0 or 1. */
const newcomer = (view: ServiceView): Measured => {
  const { alone } = loneSign(view);
  const versionOf = (id: string | undefined) => view.service?.instances.find((instance) => instance.id === id)?.version;
  const own = versionOf(alone?.lone?.id);
  const others = view.service?.instances.filter(({ id, version }) => id !== alone?.lone?.id && version === own) ?? [];
  return own === undefined || own !== view.service?.desired.version || others.length > 0
    ? nothing
    : { value: 1, items: alone?.items ?? [] };
};

/** Processors busy with more than the requests that came, asked for or repeated, bring along. */
const busyWithout = (view: ServiceView): Measured => {
  const cpu = level(view, 'cpu', 'above');
  const grown = load(view);
  return { value: cpu.value * (1 - grown.value), items: [...cpu.items, ...grown.items] };
};

/** A cache without a bound beside memory that climbs alike everywhere, as one filled by the same requests does. */
const uncappedCache = (view: ServiceView): Measured => {
  const hits = view.metric('cacheHits');
  const { share, lone, items } = spread(view, 'memory', 'above');
  return hits === undefined || view.service?.desired.cacheLimitMegabytes !== null || lone !== null
    ? nothing
    : { value: share, items: [hits, ...items] };
};

/** Connections close to their limit: merely more of them are an echo of slow answers. */
const usedUp = (view: ServiceView): Measured => {
  const used = level(view, 'connections', 'above');
  const extremes = [view.metric('connections'), ...view.instances.map(({ metric }) => metric('connections'))].map(
    (item) => item?.peak ?? 0,
  );
  return { ...used, value: used.value * clamp((Math.max(0, ...extremes) - 70) / 25) };
};

const loneSign = (view: ServiceView) => {
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

/**
 * What speaks for and against each mechanism at one service, in general terms of
 * how services fail; weights are in units of log-likelihood.
 */
export const mechanismSigns: Record<Mechanism, Signs> = {
  runawayWork: (system, view) => {
    const busy = busyWithout(view);
    return [
      ...contribute(3.2, busy.value, 'processors are busy without more requests', ...busy.items),
      ...contribute(-3, 1 - clamp(busy.value * 3), 'processors are not busier than the requests make them'),
      ...contribute(
        1.5 * (1 - newcomer(view).value),
        pinned(view).value,
        'one instance computes as much as it can',
        ...pinned(view).items,
      ),
      ...contribute(-2.5, speaksOf(view, 'host').value, 'its host explains it better'),
      ...contribute(-2, deployed(system, view).value, 'a deploy just before explains it better'),
      ...contribute(-2, reconfigured(system, view).value, 'new configuration explains it better'),
      ...contribute(-2, jobBegan(system, view).value, 'a job just before explains it better'),
      ...contribute(-1.5, growsInMemory(view).value, 'memory grows as well'),
      ...contribute(-1.5, level(view, 'cacheHits', 'below').value, 'misses of the cache explain the work'),
    ];
  },
  demandSurge: (system, view) => {
    const own = demand(system, view);
    const cpu = level(view, 'cpu', 'above');
    return [
      ...contribute(4, own.value, 'requests grew', ...own.items),
      ...contribute(-4, 1 - clamp(own.value * 3), 'requests did not grow, or were but repeated'),
      ...contribute(1, Math.min(own.value, cpu.value), 'processors are busier with them', ...cpu.items),
      ...contribute(-2, Math.min(own.value, broughtByCallers(system, view)), 'its callers brought them'),
      ...contribute(-3, Math.min(own.value, missedByCallers(system, view)), 'the caches of its callers miss'),
      ...contribute(-1.5, Math.min(own.value, headedFurther(system, view)), 'they are headed for a service behind it'),
    ];
  },
  badDeploy: (system, view) => {
    const near = deployed(system, view);
    const code = largest(speaksOf(view, 'code'), speaksOf(view, 'crash'));
    return [
      ...contribute(
        4.2,
        near.value * clamp(trouble(view).value * 1.5),
        'it was deployed just before',
        ...near.items,
        ...trouble(view).items,
      ),
      ...contribute(-4, 1 - clamp(near.value * 3), 'it was not deployed before'),
      ...contribute(1.2, code.value, 'its own code fails in the logs', ...code.items),
      ...contribute(
        1.5,
        near.value * newcomer(view).value,
        'only what runs the new version is affected',
        ...newcomer(view).items,
      ),
      ...contribute(-1.5, demand(system, view).value, 'requests grew'),
      ...contribute(-1.2, speaksOf(view, 'credential').value, 'it is refused for want of authority'),
      ...contribute(-2, worstDependency(system, view).value, 'a service that it calls is in trouble'),
    ];
  },
  badConfig: (system, view) => {
    const near = reconfigured(system, view);
    const words = speaksOf(view, 'config');
    return [
      ...contribute(
        4,
        near.value * clamp(trouble(view).value * 1.5),
        'its configuration changed just before',
        ...near.items,
        ...trouble(view).items,
      ),
      ...contribute(-3.5, 1 - clamp(near.value * 3), 'its configuration did not change before'),
      ...contribute(2, words.value, 'its logs speak of configuration', ...words.items),
      ...contribute(-1.5, demand(system, view).value, 'requests grew'),
      ...contribute(-2, worstDependency(system, view).value, 'a service that it calls is in trouble'),
    ];
  },
  leak: (system, view) => {
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
      ...contribute(-2.5, deployed(system, view).value, 'a deploy just before explains it better'),
    ];
  },
  unboundedGrowth: (system, view) => {
    const disk = growsOnDisk(view);
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
      ...contribute(-2.5, disk.value > 0 ? 0 : deployed(system, view).value, 'a deploy just before explains it better'),
    ];
  },
  dependencyDown: (system, view) => {
    const refused = speaksOfCallee(system, view, 'refused');
    const silent = largest(level(view, 'heartbeat', 'below'), missingInstances(view), level(view, 'requests', 'below'));
    const outside = largest(
      speaksOf(view, 'behind'),
      speaksOf(view, 'refused', ({ item }) => !namesDependency(view, item)),
    );
    const fails = failing(view);
    return [
      ...contribute(3, refused.value, 'its callers are refused', ...refused.items),
      ...contribute(2, silent.value, 'it does not answer any more', ...silent.items),
      ...contribute(
        1.5,
        Math.min(outside.value, fails.value),
        'what stands behind it is not reachable',
        ...outside.items,
      ),
      ...contribute(-2.5, 1 - clamp(Math.max(refused.value, silent.value, outside.value) * 2), 'nobody is refused'),
      ...contribute(-1.5, busyWithout(view).value, 'it is busy'),
      ...contribute(-2, deployed(system, view).value, 'a deploy just before explains it better'),
      ...contribute(-2, reconfigured(system, view).value, 'new configuration explains it better'),
    ];
  },
  slowDependency: (system, view) => {
    const latency = level(view, 'latency', 'above');
    const idle = 1 - clamp(busyWithout(view).value * 2);
    const waits = largest(speaksOfCallee(system, view, 'timeout'), speaksOf(view, 'timeout'));
    return [
      ...contribute(3 * idle, latency.value, 'it answers slowly without being busy', ...latency.items),
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
      ...contribute(-1.5, deployed(system, view).value, 'a deploy just before explains it better'),
    ];
  },
  badInstance: (system, view) => {
    const { alone, everywhere } = loneSign(view);
    const host = speaksOf(view, 'host');
    return [
      ...contribute(
        3.5,
        alone?.strongest ?? 0,
        `only ${alone?.lone?.id ?? 'one instance'} is affected`,
        ...(alone?.items ?? []),
      ),
      ...contribute(2.5, host.value, 'its logs speak of the host', ...host.items),
      ...contribute(-4, alone === undefined ? 1 : 0, 'no single instance stands out'),
      ...contribute(-2, everywhere, 'all of its instances are affected'),
      ...contribute(
        -1.5 * (1 - host.value),
        Math.max(pinned(view).value, spread(view, 'cpu', 'above').lone === null ? 0 : busyWithout(view).value),
        'that instance is busy with work of its own',
      ),
      ...contribute(
        -1.5,
        spread(view, 'memory', 'above').lone === null ? 0 : growsInMemory(view).value,
        'its memory grows',
      ),
      ...contribute(-2, speaksOf(view, 'network').value, 'connections break between places'),
      // A roll-out reaches one instance after another.
      ...contribute(-2.5, deployed(system, view).value, 'a deploy just before explains it better'),
      ...contribute(-2.5, reconfigured(system, view).value, 'new configuration explains it better'),
    ];
  },
  badNetwork: (system, view) => {
    const zone = zonePattern(system, view);
    const words = speaksOf(view, 'network');
    const repeats = largest(level(view, 'retries', 'above'), level(view, 'timeouts', 'above'));
    return [
      ...contribute(3, zone.value, 'one zone is worse off than the others', ...zone.items),
      ...contribute(4, words.value, 'its logs speak of broken connections', ...words.items),
      ...contribute(0.8, repeats.value, 'calls are repeated', ...repeats.items),
      ...contribute(-3, 1 - clamp(Math.max(zone.value, words.value) * 2), 'nothing points to the network'),
      ...contribute(-1.5, busyWithout(view).value, 'it is busy'),
    ];
  },
  expiredCredential: (_system, view) => {
    const words = speaksOf(view, 'credential');
    const fails = failing(view);
    return [
      ...contribute(4.5, words.value, 'it is refused for want of authority', ...words.items),
      ...contribute(-4, 1 - clamp(words.value * 3), 'nothing is refused for want of authority'),
      ...contribute(1, Math.min(words.value, fails.value), 'requests fail with it', ...fails.items),
    ];
  },
  poisonInput: (_system, view) => {
    const words = speaksOf(view, 'badInput');
    const again = recurringInput(view);
    const queue = largest(level(view, 'queueAge', 'above'), level(view, 'queueDepth', 'above'));
    const killed = largest(speaksOf(view, 'outOfMemory'), level(view, 'restarts', 'above'));
    return [
      ...contribute(3.5, words.value, 'it cannot read some input', ...words.items),
      ...contribute(
        1.5,
        again.value * clamp(words.value + killed.value),
        'the same input comes again and again',
        ...again.items,
      ),
      ...contribute(1, queue.value, 'work waits behind it', ...queue.items),
      ...contribute(0.8, Math.min(killed.value, again.value), 'processes die on it', ...killed.items),
      ...contribute(
        -3.5,
        1 - clamp(Math.max(words.value, again.value * killed.value) * 2),
        'no input is complained of',
      ),
    ];
  },
  exhaustedPool: (system, view) => {
    const used = usedUp(view);
    const words = speaksOf(view, 'pool');
    return [
      ...contribute(3.5, used.value, 'its connections are used up', ...used.items),
      ...contribute(3, words.value, 'it waits for a free connection', ...words.items),
      ...contribute(-3, 1 - clamp(Math.max(used.value, words.value) * 2), 'connections are free'),
      ...contribute(-2.5, worstDependency(system, view).value, 'the other end is in trouble itself'),
      ...contribute(-1, demand(system, view).value, 'requests grew'),
    ];
  },
  coldCache: (system, view) => {
    const hits = level(view, 'cacheHits', 'below');
    const emptied = changeNear(system, view, ['cacheFlush', 'restart'], atOnce);
    const words = speaksOf(view, 'cache');
    return [
      ...contribute(4.5, hits.value, 'fewer lookups hit the cache', ...hits.items),
      ...contribute(-4, 1 - clamp(hits.value * 3), 'the cache hits as ever'),
      ...contribute(0.8, Math.min(hits.value, emptied.value), 'it was emptied just before', ...emptied.items),
      ...contribute(0.5, Math.min(hits.value, words.value), 'its logs speak of the cache', ...words.items),
      ...contribute(-1.5, deployed(system, view).value, 'a deploy just before explains it better'),
    ];
  },
  scheduledWork: (system, view) => {
    const began = jobBegan(system, view);
    const words = speaksOf(view, 'job');
    const slow = level(view, 'latency', 'above');
    const taken = largest(busyWithout(view), level(view, 'disk', 'above'), { ...slow, value: slow.value * 0.3 });
    // Jobs run all the time; one that hurts takes far more than they do.
    const much = clamp((taken.value - 0.25) / 0.5);
    return [
      ...contribute(4, began.value * much, 'a job began just before', ...began.items, ...taken.items),
      ...contribute(1.2, words.value * much, 'its logs speak of a job', ...words.items),
      ...contribute(-3.5, 1 - clamp(began.value * 3 + words.value), 'no job began'),
      ...contribute(-2, demand(system, view).value, 'requests grew'),
    ];
  },
};

const missedByCallers = (system: SystemView, view: ServiceView): number =>
  Math.max(0, ...directCallers(system, view).map((caller) => level(caller, 'cacheHits', 'below').value));

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

/** A value that most failing lines of a template name: one message, one payload. */
const recurringInput = (view: ServiceView): Measured =>
  largest(
    ...view.logs
      .filter(({ item }) => item.level === 'error' || item.level === 'warn')
      .flatMap(({ item, rise }) =>
        item.recurring
          .filter(({ value }) => isInputKey(view, value))
          .map(({ share }) => ({ value: rise * share, items: [item] })),
      ),
  );

/** Names of instances, zones and versions recur for other reasons. */
export const isInputKey = (view: ServiceView, value: string): boolean => {
  const known = view.service;
  return (
    /\d/.test(value) &&
    known?.instances.every(({ id, zone, version }) => value !== id && value !== zone && value !== version) !== false
  );
};
