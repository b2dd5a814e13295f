import type { Anomaly } from '../domain/anomaly/anomaly.ts';
import { silentWatches, troubleSince } from '../domain/anomaly/missing.ts';
import type { Shard } from '../domain/anomaly/shard.ts';
import { anomalyOf, climb, field, observeMissing, read, type Watch } from '../domain/anomaly/watch.ts';
import type { IncidentId } from '../domain/ids.ts';
import { chooseYardsticks } from '../domain/incident/choose-yardsticks.ts';
import { correlate, type Opening } from '../domain/incident/correlate.ts';
import type { Standing } from '../domain/incident/magnitude.ts';
import { newIncident } from '../domain/incident/new-incident.ts';
import type { Topology } from '../domain/topology/topology.ts';
import type { Archive, Ids, Incidents, Orchestrator, Target, Transitions } from '../ports.ts';

export type FilingPorts = {
  readonly target: Target;
  readonly incidents: Incidents;
  readonly transitions: Transitions;
  readonly orchestrator: Orchestrator;
  readonly archive: Archive;
  readonly ids: Ids;
};

/** An anomaly last seen longer ago than this says nothing of the present. */
const presentSeconds = 15;
/** A lasting anomaly is filed again so often. */
const refileMilliseconds = 60_000;

/**
 * Files the present anomalies under the live incidents that explain them and
 * opens incidents for the rest where there is enough. Doing it again after a
 * crash changes nothing: the open lock makes the first opening the only one.
 * Asks the platform nothing while no series is in trouble.
 */
export async function fileIncidents(
  ports: FilingPorts,
  shard: Shard,
  { end, periodSeconds, now }: { readonly end: number; readonly periodSeconds: number; readonly now: number },
): Promise<readonly IncidentId[]> {
  const watches = [...shard.watches.values()];
  const silent = silentWatches(watches, end, periodSeconds);
  const since = end - Math.max(presentSeconds, 2 * periodSeconds) * 1000;
  if (silent.length === 0 && !watches.some((watch) => read(watch, 'lastSeen') >= since)) return [];

  const topology = await ports.target.describe();
  for (const watch of silent) {
    const onset = troubleSince(watch, topology, now);
    if (onset !== null) observeMissing(watch, onset, end);
  }
  const anomalies = watches.map((watch) => anomalyOf(watch, since)).filter((anomaly) => anomaly !== null);
  if (anomalies.length === 0) return [];

  const live = await ports.incidents.listLocked();
  const { joins, openings } = correlate({ anomalies, topology, live, standing: standingOf(watches) });
  for (const { incidentId, anomalies: joined } of joins) {
    const fresh = joined.filter((anomaly) => isFresh(shard, anomaly));
    if (fresh.length > 0) await ports.transitions.join(incidentId, fresh);
    noteFiled(shard, fresh);
  }
  const opened: IncidentId[] = [];
  for (const opening of openings) {
    const id = await open(ports, opening, { watches, topology, now });
    if (id !== null) opened.push(id);
    noteFiled(shard, opening.anomalies);
  }
  return opened;
}

async function open(
  { ids, archive, transitions, orchestrator }: FilingPorts,
  opening: Opening,
  { watches, topology, now }: { readonly watches: readonly Watch[]; readonly topology: Topology; readonly now: number },
): Promise<IncidentId | null> {
  const incident = newIncident(opening, ids.incident(), now);
  // Before the row that names it: an incident never lacks its yardstick.
  await archive.put(incident.yardstickKey, JSON.stringify(chooseYardsticks(incident, watches, topology)));
  const { outcome } = await transitions.open(incident, opening.anomalies, 'detector');
  if (outcome === 'joined') return null;
  await orchestrator.start(incident.id);
  return incident.id;
}

function isFresh({ watches }: Shard, { series, onset, lastSeen }: Anomaly): boolean {
  const watch = watches.get(series);
  const filedAt = watch === undefined ? 0 : read(watch, 'filedAt');
  return filedAt < onset || lastSeen - filedAt >= refileMilliseconds;
}

function noteFiled({ watches }: Shard, anomalies: readonly Anomaly[]): void {
  for (const { series, lastSeen } of anomalies) {
    const watch = watches.get(series);
    if (watch !== undefined) watch.record[field.filedAt] = lastSeen;
  }
}

function standingOf(watches: readonly Watch[]): Standing {
  const demand = watches.filter(({ series }) => series.role === 'requests' && series.instance === null);
  return {
    sustained: new Map(watches.map((watch) => [watch.series.id, read(watch, 'sustained')])),
    climbing: new Map(watches.map((watch) => [watch.series.id, climb(watch, read(watch, 'observed'))])),
    demand: new Map(demand.map((watch) => [watch.series.service, read(watch, 'sustained')])),
  };
}
