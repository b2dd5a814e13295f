import type { Anomaly } from '../anomaly/anomaly.ts';
import type { ServiceName } from '../ids.ts';
import type { CallGraph } from './call-graph.ts';
import { type Standing, shareOfRequests, sustainedValue, timesExpected } from './magnitude.ts';
import { hasLimit, symptom } from './symptom.ts';

/**
 * Customers of the whole notice one request in a hundred failing, or answers
 * about twice as slow, over a minute; and more than that at once.
 */
const atEntry = { failedShare: 0.01, failedShareAtOnce: 0.02, timesSlower: 1.8, timesSlowerAtOnce: 3 } as const;
/** Behind the entry retries, caches and patience soften much, and a restart or a flush costs a minute or two. */
const inside = { failedShare: 0.05, timesSlower: 4, slowSeconds: 150, queueSeconds: 15, usualCacheHits: 0.5 } as const;
/** Processors are busy for a while every day, and hardly all at once; what fills up does not empty by itself. */
const limits = {
  busyPercent: 88,
  sustainedPercent: 70,
  busySeconds: 40,
  allBusySeconds: 10,
  fullPercent: 85,
  fullSeconds: 20,
} as const;
const loud = { seconds: 10, timesBand: 1.5 } as const;
const silentSeconds = 180;
const restartingSeconds = 300;

/**
 * Why these anomalies of one cause are worth an incident, in words for its
 * title; null when they are not (yet). Deploys, jobs, flushes and blips move
 * series too: what opens is harm that customers notice, harm inside that lasts,
 * or a strain that has nowhere left to go.
 */
export function reasonToOpen(
  root: ServiceName,
  anomalies: readonly Anomaly[],
  graph: CallGraph,
  standing: Standing,
  /** How many instances the root runs on. */
  instances: number,
): string | null {
  const harms = anomalies.filter(
    (anomaly) => symptom(anomaly) === 'harm' && anomaly.instance === null && !isBurning(anomaly),
  );
  const noticed = harms.find((anomaly) => isEntry(anomaly.service, graph) && isNoticed(anomaly, standing));
  if (noticed !== undefined) {
    return noticed.service === root ? `customers of ${root} are harmed` : `customers are harmed by trouble in ${root}`;
  }
  if (harms.some((anomaly) => isBadInside(anomaly, standing))) return `${root} serves badly`;
  if (
    harms.some((anomaly) => isMoreThanEveryday(anomaly, standing)) &&
    isLoud(anomalies.filter((anomaly) => symptom(anomaly) === 'words' && anomaly.service === root))
  )
    return `${root} writes errors as it never did, and serves badly`;

  const strains = anomalies.filter((anomaly) => symptom(anomaly) === 'strain' && anomaly.service === root);
  const full = strains.find((anomaly) => isFull(anomaly, standing));
  if (full !== undefined) return `${full.role} of ${root} is close to its limit`;
  if (isAllBusy(strains, instances)) return `all of ${root} is busy`;
  if (strains.some((anomaly) => anomaly.role === 'cacheHits' && isCold(anomaly))) return `the cache of ${root} is cold`;
  if (strains.some((anomaly) => anomaly.direction === 'missing' && lasted(anomaly, silentSeconds))) {
    return `${root} has stopped reporting`;
  }
  if (strains.some((anomaly) => anomaly.role === 'restarts' && lasted(anomaly, restartingSeconds))) {
    return `${root} keeps restarting`;
  }
  return null;
}

/**
 * A kind of line far beyond its band, and errors a greater share of all lines: either alone comes with deploys and jobs.
 * Written words are no harm in themselves, so this counts only beside harm that is not bad enough by itself.
 */
function isLoud(words: readonly Anomaly[]): boolean {
  const lasting = words.filter((anomaly) => lasted(anomaly, loud.seconds));
  return (
    lasting.some(({ role }) => role === 'logErrors') &&
    lasting.some(({ role, observed }) => role === 'logPattern' && (observed ?? 0) >= loud.timesBand)
  );
}

/** Short bursts of failures that customers would hardly notice happen every day, and are written of just as loudly. */
const isMoreThanEveryday = (anomaly: Anomaly, standing: Standing): boolean =>
  anomaly.role !== 'errors' ||
  shareOfRequests(sustainedValue(anomaly, standing), anomaly, standing) >= atEntry.failedShare;

/** Failures that use up a budget within days may be few at any time. */
const isBurning = ({ role, stream }: Anomaly): boolean => role === 'errors' && stream === 'trend';

const lasted = ({ onset, lastSeen }: Anomaly, seconds: number): boolean => lastSeen - onset >= seconds * 1000;

/** Where customers come in: nothing calls it. */
const isEntry = (service: ServiceName, graph: CallGraph): boolean => graph.callersOf(service).size === 0;

function isNoticed(anomaly: Anomaly, standing: Standing): boolean {
  const sustained = sustainedValue(anomaly, standing);
  const observed = anomaly.observed ?? 0;
  return anomaly.role === 'errors'
    ? shareOfRequests(sustained, anomaly, standing) >= atEntry.failedShare ||
        shareOfRequests(observed, anomaly, standing) >= atEntry.failedShareAtOnce
    : timesExpected(sustained, anomaly) >= atEntry.timesSlower ||
        timesExpected(observed, anomaly) >= atEntry.timesSlowerAtOnce;
}

function isBadInside(anomaly: Anomaly, standing: Standing): boolean {
  switch (anomaly.role) {
    case 'errors':
      return shareOfRequests(anomaly.observed ?? 0, anomaly, standing) >= inside.failedShare;
    case 'queueAge':
      return lasted(anomaly, inside.queueSeconds);
    default:
      return (
        timesExpected(sustainedValue(anomaly, standing), anomaly) >= inside.timesSlower &&
        lasted(anomaly, inside.slowSeconds)
      );
  }
}

const isCold = (anomaly: Anomaly): boolean =>
  timesExpected(anomaly.observed ?? 0, anomaly) <= inside.usualCacheHits && lasted(anomaly, 10);

const isUtilisation = ({ role, direction }: Anomaly): boolean => hasLimit(role) && direction === 'above';

function isFull(anomaly: Anomaly, standing: Standing): boolean {
  if (!isUtilisation(anomaly)) return false;
  const stands = sustainedValue(anomaly, standing);
  return anomaly.role === 'cpu'
    ? (anomaly.observed ?? 0) >= limits.busyPercent &&
        stands >= limits.sustainedPercent &&
        lasted(anomaly, limits.busySeconds)
    : stands >= limits.fullPercent && lasted(anomaly, limits.fullSeconds);
}

/** More than half of several instances at their limit together. */
const isAllBusy = (strains: readonly Anomaly[], instances: number): boolean =>
  strains.filter(
    (anomaly) =>
      anomaly.role === 'cpu' &&
      anomaly.instance !== null &&
      (anomaly.observed ?? 0) >= limits.busyPercent &&
      lasted(anomaly, limits.allBusySeconds),
  ).length > Math.max(1, instances / 2);
