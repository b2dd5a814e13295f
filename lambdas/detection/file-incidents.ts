import type { Anomaly } from '../domain/anomaly/anomaly.ts';
import { saidOf } from '../domain/anomaly/budget-standing.ts';
import type { Overview } from '../domain/anomaly/overview.ts';
import { read, type Summary } from '../domain/anomaly/watch.ts';
import type { IncidentId, ServiceName } from '../domain/ids.ts';
import { chooseYardsticks, yardstickReason } from '../domain/incident/choose-yardsticks.ts';
import { correlate, type Opening } from '../domain/incident/correlate.ts';
import type { Standing } from '../domain/incident/magnitude.ts';
import { newIncident } from '../domain/incident/new-incident.ts';
import { relapseOf } from '../domain/incident/relapse.ts';
import { isMuted } from '../domain/mute/mute.ts';
import type { MetricRole } from '../domain/signal/series.ts';
import type { Topology } from '../domain/topology/topology.ts';
import type { Archive } from '../ports/archive.ts';
import type { Ids } from '../ports/ids.ts';
import type { Incidents } from '../ports/incidents.ts';
import type { Mutes } from '../ports/mutes.ts';
import type { Orchestrator } from '../ports/orchestrator.ts';
import type { Transitions } from '../ports/transitions.ts';
import { type FindingPorts, findAnomalies, type Stretch } from './find-anomalies.ts';
import type { RecallWatches } from './recall-watches.ts';

export type FilingPorts = FindingPorts & {
  readonly incidents: Incidents;
  readonly transitions: Transitions;
  readonly orchestrator: Orchestrator;
  readonly archive: Archive;
  readonly ids: Ids;
  readonly mutes: Pick<Mutes, 'list'>;
};

export type Filed = {
  readonly opened: readonly IncidentId[];
  /** Anomalies that a person has muted: they open and join nothing, and are counted. */
  readonly muted: number;
  /** Why the platform could not be asked, so that what it was before counts; null when it answered or was not asked. */
  readonly platformTrouble: string | null;
};

/** More resolved incidents than an hour has. Of one that cannot be read the present one is no relapse. */
const resolvedLately = 50;

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
  overview: Overview,
  stretch: Stretch,
  recall: RecallWatches,
): Promise<Filed> {
  const found = await findAnomalies(ports, overview, stretch, recall);
  if (found === null) return { opened: [], muted: 0, platformTrouble: null };
  const { forecasts, summaries, topology, platformTrouble } = found;
  const mutes = await ports.mutes.list(stretch.now);
  const anomalies = found.anomalies.filter((anomaly) => !isMuted(anomaly, mutes, stretch.now));
  const muted = found.anomalies.length - anomalies.length;

  // Of what cannot be read the sweep tells; it holds its lock, so what opens on its service joins it.
  const live = await ports.incidents.listLocked(() => {});
  const { joins, openings } = correlate({ anomalies, forecasts, topology, live, standing: standingOf(summaries) });
  for (const { incidentId, anomalies: joined } of joins) {
    const fresh = joined.filter((anomaly) => isFresh(overview, anomaly));
    if (fresh.length > 0) await ports.transitions.join(incidentId, fresh);
    noteFiled(overview, fresh);
  }
  const opened: IncidentId[] = [];
  for (const opening of openings) {
    const id = await open(ports, opening, { recall, topology, now: stretch.now });
    if (id !== null) opened.push(id);
    noteFiled(overview, opening.anomalies);
    const { forecast } = opening;
    if (forecast?.budget !== undefined) overview.budgets = saidOf(overview.budgets, forecast, stretch.now);
  }
  return { opened, muted, platformTrouble };
}

async function open(
  { ids, incidents, archive, transitions, orchestrator }: FilingPorts,
  opening: Opening,
  { recall, topology, now }: { readonly recall: RecallWatches; readonly topology: Topology; readonly now: number },
): Promise<IncidentId | null> {
  const fresh = newIncident(opening, ids.incident(), now);
  const resolved = await incidents.listByState('resolved', resolvedLately, () => {});
  const incident = { ...fresh, relapseOf: relapseOf(fresh, resolved) };
  const reasonOf = yardstickReason(incident, topology);
  const watches = await recall((series) => reasonOf(series) !== null);
  // Before the row that names it: an incident never lacks its yardstick.
  await archive.put(incident.yardstickKey, JSON.stringify(chooseYardsticks(incident, watches, topology)));
  const { outcome } = await transitions.open(incident, opening.anomalies, 'detector');
  if (outcome === 'joined') return null;
  await orchestrator.start(incident.id);
  return incident.id;
}

function isFresh({ filed }: Overview, { fingerprint, onset, lastSeen }: Anomaly): boolean {
  const filedAt = filed.get(fingerprint) ?? 0;
  return filedAt < onset || lastSeen - filedAt >= refileMilliseconds;
}

function noteFiled({ filed }: Overview, anomalies: readonly Anomaly[]): void {
  for (const { fingerprint, lastSeen } of anomalies) filed.set(fingerprint, lastSeen);
}

function standingOf(summaries: readonly Summary[]): Standing {
  const perMinute = (...roles: readonly MetricRole[]): ReadonlyMap<ServiceName, number> => {
    const sums = new Map<ServiceName, number>();
    for (const summary of summaries) {
      const { role, service, instance } = summary.series;
      if (instance !== null || !roles.includes(role)) continue;
      sums.set(service, (sums.get(service) ?? 0) + read(summary, 'sustained'));
    }
    return sums;
  };
  return {
    sustained: new Map(summaries.map((summary) => [summary.series.id, read(summary, 'sustained')])),
    demand: perMinute('requests'),
    failures: perMinute('errors'),
    failedCalls: perMinute('retries', 'timeouts'),
  };
}
