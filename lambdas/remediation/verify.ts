import type { RespondInput, VerifyResult } from '../contract/state-machine.ts';
import type { ErrorBudget } from '../domain/forecast/error-budget.ts';
import { trendsOf } from '../domain/forecast/forecast.ts';
import type { Incident } from '../domain/incident/incident.ts';
import { catalogue } from '../domain/runbooks/catalogue.ts';
import { closedPeriodsEnd } from '../domain/signal/closed-periods.ts';
import type { Series } from '../domain/signal/series.ts';
import { judge } from '../domain/verification/judge.ts';
import type { Verification } from '../domain/verification/verification.ts';
import type { Archive } from '../ports/archive.ts';
import type { Clock } from '../ports/clock.ts';
import type { Incidents } from '../ports/incidents.ts';
import type { Leases } from '../ports/leases.ts';
import type { Target } from '../ports/target.ts';
import type { Telemetry } from '../ports/telemetry.ts';
import type { Transitions } from '../ports/transitions.ts';
import { budgetEnd, readBudget } from '../shared/read-budget.ts';
import { holdServices } from '../shared/service-leases.ts';
import { fileFirst, readConclusions } from './conclusions.ts';
import { areReadable, frozenBands } from './frozen-band.ts';
import { findAttempt, moveTo } from './live-incident.ts';
import { readQuietBefore } from './quiet-before.ts';
import { readYardsticks } from './read-archived.ts';
import { readNormalised } from './read-normalised.ts';
import type { RemediationSettings } from './settings.ts';

export type VerifyPorts = {
  readonly clock: Clock;
  readonly incidents: Pick<Incidents, 'get' | 'decisions' | 'actions' | 'approvals' | 'anomalies'>;
  readonly transitions: Pick<Transitions, 'move' | 'fileDecision'>;
  readonly leases: Leases;
  readonly telemetry: Pick<Telemetry, 'readSamples'>;
  readonly target: Pick<Target, 'describe'>;
  readonly archive: Pick<Archive, 'get'>;
};

/** How far before the act the incident's own pattern is read; it is what quiet gaps are measured in. */
const lookBackSeconds = 3600;
/** So long before onset trouble that comes and goes may have shown itself. */
const patternSeconds = 120;
/** What a person did by hand is given this long to show. */
const handworkSeconds = 300;

const gone: VerifyResult = { outcome: 'gone', reason: 'the incident is not at the step of verifying' };

/** Judges on telemetry newer than the act whether the incident is over, and files the verdict once there is one. */
export const createVerify =
  (ports: VerifyPorts, settings: RemediationSettings) =>
  async ({ incidentId, attempt }: RespondInput): Promise<VerifyResult> => {
    const found = await findAttempt(ports.incidents, { incidentId, attempt });
    if (found === null) return gone;
    const incident = found.state === 'verifying' ? found : await begin(ports, found);
    if (incident === null) return gone;
    const conclusions = await readConclusions(ports.incidents, incidentId);
    const filed = conclusions.find('verification', attempt)?.verification;
    if (filed !== undefined) return { outcome: filed.verdict, reason: filed.reason };

    const verification = await examine(ports, settings, incident);
    if (verification.verdict === 'pending') return { outcome: verification.verdict, reason: verification.reason };
    const at = ports.clock.now();
    const { verdict, reason } = (
      await fileFirst(ports, { incidentId, attempt, at, kind: 'verification', verification })
    ).verification;
    return { outcome: verdict, reason };
  };

const begin = async (ports: VerifyPorts, incident: Incident): Promise<Incident | null> =>
  incident.state === 'remediating' || incident.state === 'manual'
    ? moveTo(ports, incident, 'verifying', 'waiting for fresh telemetry to prove the recovery')
    : null;

type Act = { readonly startedAt: number; readonly endedAt: number; readonly effectWithinSeconds: number };

const examine = async (
  ports: VerifyPorts,
  { scanIntervalSeconds: periodSeconds, settlingSeconds }: RemediationSettings,
  incident: Incident,
): Promise<Verification> => {
  const act = await readAct(ports, incident);
  const yardsticks = await readYardsticks(ports.archive, incident);
  const now = closedPeriodsEnd(ports.clock.now(), periodSeconds, settlingSeconds);
  if (!areReadable(yardsticks)) return unreadable(act, now);
  const period = periodSeconds * 1000;
  const earliest = Math.max(incident.onset, act.startedAt - lookBackSeconds * 1000);
  const onset = Math.floor(earliest / period) * period;
  const patternFrom = onset - patternSeconds * 1000;
  const series = yardsticks.map((yardstick) => yardstick.series);
  const [samples, topology, anomalies, quietBeforeSeconds, budget] = await Promise.all([
    readNormalised(ports.telemetry, { series, from: patternFrom, to: Math.max(now, onset), periodSeconds }),
    ports.target.describe(),
    ports.incidents.anomalies(incident.id),
    readQuietBefore(ports.incidents, incident, periodSeconds),
    readBudgetOf(ports, incident, series, settlingSeconds),
  ]);
  const band = frozenBands();
  return judge({
    yardsticks,
    samples,
    band,
    foretold: incident.forecast === null ? null : { forecast: incident.forecast, series: trendsOf(anomalies), budget },
    alarmed: new Map(anomalies.map(({ series: id, direction }) => [id, direction])),
    topology,
    onset,
    patternFrom,
    actStartedAt: act.startedAt,
    actedAt: act.endedAt,
    now,
    periodSeconds,
    effectWithinSeconds: act.effectWithinSeconds,
    quietBeforeSeconds,
  });
};

/** The error budget that was foretold to be used up, counted anew; null where it was none, or cannot be read now. */
const readBudgetOf = async (
  { telemetry, clock }: VerifyPorts,
  { forecast }: Incident,
  series: readonly Series[],
  settlingSeconds: number,
): Promise<ErrorBudget | null> => {
  if (forecast?.budget === undefined) return null;
  const end = budgetEnd(clock.now(), settlingSeconds);
  const read = await readBudget(telemetry, forecast.budget.objective, series, end);
  return 'budget' in read ? read.budget : null;
};

/** What this attempt did and when: its actions, or what a person says to have done by hand. */
const readAct = async (ports: VerifyPorts, { id, attempt }: Incident): Promise<Act> => {
  const actions = (await ports.incidents.actions(id)).filter((action) => action.attempt === attempt);
  if (actions.length > 0) {
    const services = actions.map(({ operation }) => operation.service);
    // Nobody else is to work on these services while it is open whether the act helped.
    await holdServices(ports.leases, id, services, ports.clock.now());
    return {
      startedAt: Math.min(...actions.map(({ startedAt }) => startedAt)),
      endedAt: Math.max(...actions.map(({ startedAt, endedAt }) => endedAt ?? startedAt)),
      effectWithinSeconds: Math.max(...actions.map(({ step }) => catalogue[step.runbook].effectWithinSeconds)),
    };
  }
  const approval = (await ports.incidents.approvals(id)).find((question) => question.attempt === attempt);
  if (approval?.kind !== 'manual' || approval.answeredAt === null) {
    throw new Error(`attempt ${attempt} of incident ${id} is to be verified, but nothing was done`);
  }
  return { startedAt: approval.askedAt, endedAt: approval.answeredAt, effectWithinSeconds: handworkSeconds };
};

const unreadable = (act: Act, now: number): Verification => ({
  verdict: 'inconclusive',
  actedAt: act.endedAt,
  judgedAt: now,
  cleanWindows: 0,
  requiredWindows: 1,
  longestQuietGapSeconds: 0,
  outOfBand: [],
  reason: 'the detector has changed since the incident opened, and its yardsticks cannot be read any more',
});
