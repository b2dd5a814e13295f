import { setTimeout as pause } from 'node:timers/promises';
import type { Incident } from '../../lambdas/domain/incident/incident.ts';
import type { Topology } from '../../lambdas/domain/topology/topology.ts';
import { type ActiveFault, truthOf } from '../../lambdas/workload/faults/definition.ts';
import type { Operator } from '../../scripts/operator/connect.ts';
import type { FaultSwitch } from '../../scripts/operator/fault-switch.ts';
import { hasEnded } from '../../scripts/operator/follow-incident.ts';
import { type IncidentRecord, readIncidentRecord } from '../../scripts/operator/incident-record.ts';
import { listIncidents } from '../../scripts/operator/list-incidents.ts';
import { detects } from '../../scripts/scenario/match-incidents.ts';
import { truthLog } from '../../scripts/scenario/truth-log.ts';
import type { FaultReport } from '../report/report.ts';
import { gradeFault, resolvedAt } from './fault-report.ts';
import { doNothingTwin, type ShopTruth, truthOfState } from './shop-truth.ts';
import { type Split, splitOf } from './split.ts';
import { answerWaiting } from './stand-in-person.ts';

export type LiveBench = {
  readonly operator: Operator;
  readonly faults: FaultSwitch;
  readonly shop: ShopTruth;
  /** How long the stand-in for a person thinks, seconds. */
  readonly personSeconds: number;
  readonly say: (line: string) => void;
};

export type PlayedLive = { readonly report: FaultReport; readonly split: Split; readonly fault: ActiveFault };

const lookSeconds = 5;
/** An incident that has not ended by then is called unfinished. */
const limitSeconds = 12 * 60;
/** After its end the shop is watched a little longer, so that a recovery which does not last is seen. */
const afterwardsSeconds = 20;
/** How far ahead the twin is looked at. */
const twinSeconds = 15 * 60;

/** Injects a fault into the running shop, waits for its end, and grades it beside its do-nothing twin. */
export const playLive = async (bench: LiveBench, wanted: ActiveFault): Promise<PlayedLive> => {
  const { operator, shop, say } = bench;
  const topology = await operator.target.describe();
  const before = await shop.state();
  const fault = await bench.faults.inject(wanted);
  const twin = doNothingTwin(before, fault);
  const log = truthLog();
  let records: readonly IncidentRecord[] = [];
  let looked = before.at;
  while (operator.clock.now() < fault.startedAt + limitSeconds * 1000) {
    await answerWaiting(operator, bench.personSeconds);
    const state = await shop.state();
    if (state.at > looked) {
      looked = state.at;
      log.add(truthOfState(state), twin.truthAt(state.at));
    }
    records = await ownRecords(operator, fault, topology);
    say(records.map(({ incident }) => incident.state).join(', ') || 'not noticed yet');
    if (areOver(records, operator.clock.now())) break;
    await pause(lookSeconds * 1000);
  }
  // The incident that ended well speaks for the fault, else the first one that noticed it.
  const speaking = records.find(({ incident }) => incident.state === 'resolved') ?? records[0] ?? null;
  const closedAt = resolvedAt(speaking);
  const recoveredAt = log.recoveredAt(fault.startedAt);
  const played = {
    kind: fault.definition.kind,
    cause: fault.definition.cause,
    service: fault.service,
    severity: fault.severity,
    seed: fault.seed,
    truth: truthOf(fault),
    injectedAt: fault.startedAt,
  };
  const report = gradeFault(played, speaking, {
    recoveredAt,
    hurtAtResolve: closedAt === null ? null : log.hurtAt(closedAt),
    // What was mended before it hurt is told from what would never have hurt.
    twinHurtAtResolve: closedAt === null ? null : log.twinHurtFrom(closedAt) || twin.hurtsWithin(twinSeconds),
  });
  return { report, split: splitOf(speaking, fault.startedAt, recoveredAt), fault };
};

const areOver = (records: readonly IncidentRecord[], now: number): boolean =>
  records.length > 0 &&
  records.every(({ incident }) => hasEnded(incident) && now - (incident.closedAt ?? now) >= afterwardsSeconds * 1000);

const ownRecords = async (
  operator: Operator,
  fault: ActiveFault,
  topology: Topology,
): Promise<readonly IncidentRecord[]> => {
  const incidents = await incidentsSince(operator, fault.startedAt);
  const own = incidents.filter((incident) => detects(incident, fault, topology));
  const records = await Promise.all(own.map(({ id }) => readIncidentRecord(operator, id)));
  return records.filter((record) => record !== null);
};

/** Oldest first. */
export const incidentsSince = async (operator: Operator, since: number): Promise<readonly Incident[]> =>
  (await listIncidents(operator.incidents, 200)).filter((incident) => incident.openedAt >= since).toReversed();
