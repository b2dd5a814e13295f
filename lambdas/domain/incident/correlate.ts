import type { Anomaly } from '../anomaly/anomaly.ts';
import { anomalyOfForecast, type Forecast, foretell, isFirm } from '../forecast/forecast.ts';
import type { IncidentId, ServiceName } from '../ids.ts';
import type { Topology } from '../topology/topology.ts';
import { chooseRoot, explains, oneCauseMilliseconds } from './choose-root.ts';
import { reasonToOpen } from './enough-to-open.ts';
import type { Incident, IncidentKind } from './incident.ts';
import { isMaterial, type Standing } from './magnitude.ts';
import { readScene, type Scene } from './scene.ts';
import { symptom } from './symptom.ts';

export type CorrelationQuestion = {
  /** Present and recent anomalies. */
  readonly anomalies: readonly Anomaly[];
  /** What stands behind those of the stream `trend`. */
  readonly forecasts: readonly Forecast[];
  readonly topology: Topology;
  /** Incidents that hold an open lock. */
  readonly live: readonly Pick<Incident, 'id' | 'service' | 'services' | 'onset'>[];
  readonly standing: Standing;
};

export type Opening = {
  readonly kind: IncidentKind;
  readonly service: ServiceName;
  readonly anomalies: readonly Anomaly[];
  readonly reason: string;
  /** What a predicted incident foretells; null for an observed one. */
  readonly forecast: Forecast | null;
};

export type Correlation = {
  readonly joins: readonly { readonly incidentId: IncidentId; readonly anomalies: readonly Anomaly[] }[];
  readonly openings: readonly Opening[];
};

/** A live incident's root may prove to lie deeper: trouble there that began about when it did belongs to it. */
const sameOnsetMilliseconds = 180_000;

/**
 * Gives each anomaly to the live incident that explains it, and gathers the
 * others around the services that explain them best, one cause after another.
 */
export function correlate({ anomalies, forecasts, topology, live, standing }: CorrelationQuestion): Correlation {
  const slowed = new Set(anomalies.filter(isLessDemand).map(({ service }) => service));
  const material = anomalies.filter(
    (anomaly) => isMaterial(anomaly, standing, topology) && !(isMemoryTrend(anomaly) && slowed.has(anomaly.service)),
  );
  const scene = readScene(material, standing, topology);
  const taken = new Map<IncidentId, Anomaly[]>();
  const free: Anomaly[] = [];
  for (const anomaly of material) {
    const holder = live.find((incident) => belongsTo(incident, anomaly, scene));
    if (holder === undefined) free.push(anomaly);
    else taken.set(holder.id, [...(taken.get(holder.id) ?? []), anomaly]);
  }
  return {
    joins: [...taken].map(([incidentId, joined]) => ({ incidentId, anomalies: joined })),
    openings: findCauses(free, topology, scene, { standing, forecasts }),
  };
}

const isLessDemand = ({ role, instance, direction }: Anomaly): boolean =>
  role === 'requests' && instance === null && direction !== 'above';

/** Memory rises between collections of garbage, which are far apart where little is asked: then a rise tells nothing. */
const isMemoryTrend = ({ role, stream }: Anomaly): boolean => role === 'memory' && stream === 'trend';

function belongsTo({ service, onset }: Pick<Incident, 'service' | 'onset'>, anomaly: Anomaly, scene: Scene): boolean {
  if (anomaly.service === service) return true;
  if (explains(service, anomaly, scene)) {
    return symptom(anomaly) !== 'strain' || anomaly.onset - onset <= oneCauseMilliseconds;
  }
  const isDeeper = scene.graph.dependenciesOf(service).has(anomaly.service);
  const beganWithIt = Math.abs(anomaly.onset - onset) <= sameOnsetMilliseconds;
  return isDeeper && beganWithIt && !fillsUp(anomaly) && !scene.standsAlone(service);
}

/** What fills up harms no caller until it is full, so it is not what they suffer from already. */
const fillsUp = ({ role }: Anomaly): boolean => role === 'disk' || role === 'memory';

const isStrainOf = (root: ServiceName, anomaly: Anomaly, scene: Scene): boolean =>
  anomaly.service === root && symptom(anomaly) === 'strain' && scene.isOwn(anomaly);

function findCauses(
  anomalies: readonly Anomaly[],
  { services }: Topology,
  scene: Scene,
  { standing, forecasts }: Pick<CorrelationQuestion, 'standing' | 'forecasts'>,
): readonly Opening[] {
  const openings: Opening[] = [];
  let left = anomalies;
  for (let root = chooseRoot(left, scene); root !== null; root = chooseRoot(left, scene)) {
    const cause = root;
    const instances = services.find(({ name }) => name === cause)?.instances.length ?? 0;
    const own = left.filter((anomaly) => explains(cause, anomaly, scene));
    if (own.length === 0) break;
    left = left.filter((anomaly) => !own.includes(anomaly));
    // What it calls may be to blame, or what the same callers call, and has not had the time to show it.
    if (scene.failsCallingLately(cause) && !own.some((anomaly) => isStrainOf(cause, anomaly, scene))) continue;
    if (scene.isOneOfSeveralSuspects(cause)) continue;
    const reason = reasonToOpen(cause, own, scene.graph, standing, instances);
    const forecast = reason === null ? soonest(forecasts, cause, own) : null;
    if (reason !== null) openings.push({ kind: 'observed', service: cause, anomalies: own, reason, forecast: null });
    else if (forecast !== null) {
      openings.push({ kind: 'predicted', service: cause, anomalies: own, reason: foretell(forecast), forecast });
    }
  }
  return openings;
}

/** The breach that comes first of those foretold of the root, where it is still free. */
function soonest(forecasts: readonly Forecast[], root: ServiceName, anomalies: readonly Anomaly[]): Forecast | null {
  const free = new Set(anomalies.map(({ fingerprint }) => fingerprint));
  const own = forecasts.filter(
    (one) => one.service === root && isFirm(one) && free.has(anomalyOfForecast(one).fingerprint),
  );
  return own.toSorted((one, other) => one.at - other.at)[0] ?? null;
}
