import type { EvidenceSources, PastIncident } from '../domain/diagnosis/evidence-sources.ts';
import type { ServiceName } from '../domain/ids.ts';
import type { Incident } from '../domain/incident/incident.ts';
import { couldHaveFailed } from '../domain/incident/relapse.ts';
import type { LogLine, Series } from '../domain/signal/series.ts';
import type { Topology } from '../domain/topology/topology.ts';
import type { Incidents } from '../ports/incidents.ts';
import type { Telemetry } from '../ports/telemetry.ts';

const pastIncidents = 5;
const linesPerService = 3000;
/** Reading logs may take so long, of the two minutes that gathering has: what was not read by then is said to be missing. */
const logMilliseconds = 25_000;

/** Every series of a service as a whole; those of instances only where trouble was seen or may come from. */
export const chooseSeries = (listed: readonly Series[], incident: Incident, topology: Topology): readonly Series[] => {
  const troubled = new Set<ServiceName>([incident.service, ...incident.services]);
  const near = new Set(troubled);
  for (const { name, dependsOn } of topology.services) {
    if (troubled.has(name)) for (const dependency of dependsOn) near.add(dependency);
    if (dependsOn.includes(incident.service)) near.add(name);
  }
  return listed.filter(({ service, instance }) => instance === null || near.has(service));
};

/** The newest lines of each service, from when on they are all there are, and why not from earlier on. Those that the incident is about get their turn first. */
export const readLogsOf = async (
  telemetry: Pick<Telemetry, 'readLogs'>,
  incident: Incident,
  topology: Topology,
  interval: { readonly from: number; readonly to: number },
): Promise<{ readonly logs: readonly LogLine[]; readonly logsRead: EvidenceSources['logsRead'] }> => {
  const services = topology.services.map(({ name }) => name);
  const distance = (service: ServiceName): number =>
    service === incident.service ? 0 : incident.services.includes(service) ? 1 : 2;
  const read = new Map(
    await Promise.all(
      services
        .toSorted((one, other) => distance(one) - distance(other))
        .map(async (service) => {
          const wish = { service, ...interval, limit: linesPerService, withinMilliseconds: logMilliseconds };
          return [service, await telemetry.readLogs(wish)] as const;
        }),
    ),
  );
  return {
    logs: services.flatMap((service) => read.get(service)?.lines ?? []),
    logsRead: new Map([...read].map(([service, { readFrom, end }]) => [service, { from: readFrom, end }])),
  };
};

/**
 * Incidents alike that have ended, newest first, and what was done about them: those of the same family, and before them the one
 * of which this is the relapse.
 */
export const readPast = async (incidents: Incidents, incident: Incident): Promise<readonly PastIncident[]> => {
  const [family, earlier] = await Promise.all([
    incidents.listFamily(incident.family, pastIncidents),
    incident.relapseOf === null ? null : incidents.get(incident.relapseOf),
  ]);
  const others = family.filter(({ id }) => id !== earlier?.id);
  const past = [...(earlier === null ? [] : [earlier]), ...others].slice(0, pastIncidents);
  const relapsed = new Set([incident, ...family].map(({ relapseOf }) => relapseOf));
  return Promise.all(past.map((one) => describePast(incidents, one, relapsed.has(one.id))));
};

const describePast = async (
  incidents: Incidents,
  { id, service, state, closedAt, updatedAt, attempt }: Incident,
  hasRelapsed: boolean,
): Promise<PastIncident> => {
  const [decisions, actions] = await Promise.all([incidents.decisions(id), incidents.actions(id)]);
  const diagnosed = decisions.find((record) => record.kind === 'diagnosis' && record.attempt === attempt);
  const runbooks = actions.filter((action) => action.attempt === attempt).map(({ step }) => step.runbook);
  return {
    incidentId: id,
    service,
    mechanism: diagnosed?.kind === 'diagnosis' ? (diagnosed.diagnosis.hypotheses[0]?.mechanism ?? null) : null,
    runbooks,
    outcome: state !== 'resolved' ? 'escalated' : hasRelapsed && couldHaveFailed(runbooks) ? 'relapsed' : 'resolved',
    closedAt: closedAt ?? updatedAt,
  };
};
