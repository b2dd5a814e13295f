import type { EvidenceResult, RespondInput } from '../contract/state-machine.ts';
import { buildEvidence } from '../domain/diagnosis/build-evidence.ts';
import type { EvidenceBundle } from '../domain/diagnosis/evidence.ts';
import { trendsOf } from '../domain/forecast/forecast.ts';
import type { SeriesId } from '../domain/ids.ts';
import type { Incident } from '../domain/incident/incident.ts';
import { leastConfidence } from '../domain/policy/rules.ts';
import { diagnose } from '../domain/reasoning/diagnose.ts';
import { support } from '../domain/reasoning/support.ts';
import { closedPeriodsEnd } from '../domain/signal/closed-periods.ts';
import type { Archive } from '../ports/archive.ts';
import type { Clock } from '../ports/clock.ts';
import type { Incidents } from '../ports/incidents.ts';
import type { Target } from '../ports/target.ts';
import type { Telemetry } from '../ports/telemetry.ts';
import type { Transitions } from '../ports/transitions.ts';
import { evidenceKey } from './archive-keys.ts';
import { frozenBands } from './frozen-band.ts';
import { hasEnded, moveTo } from './live-incident.ts';
import { readYardsticks } from './read-archived.ts';
import { chooseSeries, readLogsOf, readPast } from './read-evidence-sources.ts';
import { readNormalised } from './read-normalised.ts';
import { ruledOutLately } from './ruled-out.ts';
import type { RemediationSettings } from './settings.ts';

export type GatherEvidencePorts = {
  readonly clock: Clock;
  readonly incidents: Incidents;
  readonly transitions: Pick<Transitions, 'move'>;
  readonly telemetry: Telemetry;
  readonly target: Pick<Target, 'describe'>;
  readonly archive: Pick<Archive, 'get' | 'put'>;
};

/** What is looked at before onset. */
const quietSeconds = 15 * 60;
const changesSeconds = 2 * 3600;
/** A longer window is read in longer periods, so that it never has more than about so many. */
const periodsPerWindow = 360;
const periods = [5, 10, 30, 60, 300] as const;

const gone: EvidenceResult = { outcome: 'gone', evidenceKey: null };
const unclear: EvidenceResult = { outcome: 'unclear', evidenceKey: null };

/** For so long after the opening trouble may still show more of itself: seconds, and scans. */
const patience = { seconds: 60, scans: 2.5 } as const;

/**
 * Freezes what the diagnosis of this attempt may cite, and begins the attempt.
 * Of trouble that has only just begun it freezes nothing while that would leave
 * the diagnosis to a person: a person, too, would have to guess, and in a
 * moment there is more to see.
 * Called again after the freeze it changes nothing; called again after a crash
 * before it, it freezes anew, since nobody has read the first one.
 */
export const createGatherEvidence =
  (ports: GatherEvidencePorts, settings: RemediationSettings) =>
  async ({ incidentId, attempt }: RespondInput): Promise<EvidenceResult> => {
    const incident = await ports.incidents.get(incidentId);
    if (incident === null || hasEnded(incident)) return gone;
    if (incident.state === 'diagnosing' && incident.attempt === attempt) {
      return { outcome: 'gathered', evidenceKey: incident.evidenceKey };
    }
    if (!mayBegin(incident, attempt)) return gone;

    const { bundle, merchantsHurt } = await gather(ports, settings, incident);
    if (attempt === 1 && mayTellMore(incident, ports.clock.now(), settings) && !isTelling(bundle)) return unclear;
    const key = evidenceKey(incidentId, attempt);
    await ports.archive.put(key, JSON.stringify(bundle));
    const message = `evidence of attempt ${attempt} frozen: ${bundle.items.length} items`;
    const moved = await moveTo(ports, incident, 'diagnosing', message, { merchantsHurt, attempt, evidenceKey: key });
    return moved === null ? gone : { outcome: 'gathered', evidenceKey: key };
  };

const mayBegin = ({ state, attempt: begun }: Incident, attempt: number): boolean =>
  begun === attempt - 1 && (attempt === 1 ? state === 'open' : state === 'remediating' || state === 'verifying');

const mayTellMore = ({ openedAt }: Incident, now: number, { scanIntervalSeconds }: RemediationSettings): boolean =>
  now - openedAt < Math.max(patience.seconds, patience.scans * scanIntervalSeconds) * 1000;

/** Whether the built-in scorer, which bounds the confidence of every model, is sure enough of some cause. */
const isTelling = (bundle: EvidenceBundle): boolean => {
  const leading = diagnose(bundle, ruledOutLately(bundle))?.hypotheses[0];
  return leading !== undefined && Math.min(leading.confidence, support(bundle, leading)) >= leastConfidence;
};

const gather = async (
  { clock, incidents, telemetry, target, archive }: GatherEvidencePorts,
  { scanIntervalSeconds, settlingSeconds }: RemediationSettings,
  incident: Incident,
) => {
  const [topology, listed, yardsticks, past, anomalies] = await Promise.all([
    target.describe(),
    telemetry.listSeries(),
    readYardsticks(archive, incident),
    readPast(incidents, incident),
    incidents.anomalies(incident.id),
  ]);
  const to = closedPeriodsEnd(clock.now(), scanIntervalSeconds, settlingSeconds);
  const earliest = incident.onset - quietSeconds * 1000;
  const periodSeconds = periodFor((to - earliest) / 1000, scanIntervalSeconds);
  const from = Math.floor(earliest / (periodSeconds * 1000)) * periodSeconds * 1000;
  const series = chooseSeries(listed, incident, topology);
  const [samples, logs, changes] = await Promise.all([
    readNormalised(telemetry, { series, from, to, periodSeconds }),
    readLogsOf(telemetry, incident, topology, { from, to }),
    telemetry.readChanges({ from: to - changesSeconds * 1000, to }),
  ]);
  const band = frozenBands();
  return buildEvidence({
    incident,
    yardsticks,
    band,
    series,
    samples,
    ...logs,
    changes,
    topology,
    // What burns a budget goes on, and does not climb.
    foretold:
      incident.forecast === null || incident.forecast.budget !== undefined ? new Set<SeriesId>() : trendsOf(anomalies),
    past,
    from,
    to,
    periodSeconds,
  });
};

/** The shortest period that keeps the window within bounds and is made of whole scan intervals. */
const periodFor = (windowSeconds: number, scanIntervalSeconds: number): number =>
  periods.find((period) => period % scanIntervalSeconds === 0 && windowSeconds / period <= periodsPerWindow) ??
  scanIntervalSeconds;
