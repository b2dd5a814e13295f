import type { PastIncident } from '../domain/diagnosis/build-evidence.ts';
import type { SeriesId, ServiceName } from '../domain/ids.ts';
import type { Incident } from '../domain/incident/incident.ts';
import { normaliseSamples } from '../domain/signal/normalise.ts';
import type { LogLine, Sample, SamplesBySeries, Series } from '../domain/signal/series.ts';
import type { Topology } from '../domain/topology/topology.ts';
import type { Incidents, Telemetry } from '../ports.ts';

const pastIncidents = 5;
export const linesPerService = 3000;

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

/** Samples as detectors see them: what is counted over a period is a rate per minute. */
export const readNormalised = async (
  telemetry: Pick<Telemetry, 'readSamples'>,
  request: Parameters<Telemetry['readSamples']>[0],
): Promise<SamplesBySeries> => {
  const samples = await telemetry.readSamples(request);
  const read = new Map<SeriesId, readonly Sample[]>();
  for (const series of request.series) {
    read.set(series.id, normaliseSamples(series, samples.get(series.id) ?? [], request.periodSeconds));
  }
  return read;
};

export const readLogsOf = async (
  telemetry: Pick<Telemetry, 'readLogs'>,
  services: readonly ServiceName[],
  interval: { readonly from: number; readonly to: number },
): Promise<readonly LogLine[]> => {
  const lines = await Promise.all(
    services.map((service) => telemetry.readLogs({ service, ...interval, limit: linesPerService })),
  );
  return lines.flat();
};

/** Incidents of the same family that have ended, and what was done about them. */
export const readPast = async (incidents: Incidents, incident: Incident): Promise<readonly PastIncident[]> => {
  const family = await incidents.listFamily(incident.family, pastIncidents);
  return Promise.all(
    family.map(async ({ id, service, state, closedAt, updatedAt, attempt }) => {
      const [decisions, actions] = await Promise.all([incidents.decisions(id), incidents.actions(id)]);
      const diagnosed = decisions.find((record) => record.kind === 'diagnosis' && record.attempt === attempt);
      return {
        incidentId: id,
        service,
        mechanism: diagnosed?.kind === 'diagnosis' ? (diagnosed.diagnosis.hypotheses[0]?.mechanism ?? null) : null,
        runbooks: actions.filter((action) => action.attempt === attempt).map(({ step }) => step.runbook),
        outcome: state === 'resolved' ? 'resolved' : 'escalated',
        closedAt: closedAt ?? updatedAt,
      };
    }),
  );
};
