import { gradeFault, resolvedAt } from '../../bench/loop/fault-report.ts';
import type { FaultReport } from '../../bench/report/report.ts';
import type { Diagnosis } from '../../lambdas/domain/diagnosis/diagnosis.ts';
import type { EvidenceBundle } from '../../lambdas/domain/diagnosis/evidence.ts';
import { type Incident, type IncidentState, incidentStates } from '../../lambdas/domain/incident/incident.ts';
import { evidenceKey } from '../../lambdas/remediation/archive-keys.ts';
import { readEvidence } from '../../lambdas/remediation/read-archived.ts';
import { type ActiveFault, truthOf } from '../../lambdas/workload/faults/definition.ts';
import type { Truth } from '../../lambdas/workload/fleet.ts';
import { type IncidentRecord, readIncidentRecord } from '../operator/incident-record.ts';
import { fleetWorld } from './fleet-world.ts';
import { healerParts } from './healer-parts.ts';
import { detects, isFalse } from './match-incidents.ts';
import type { Healer, ScenarioPlan } from './scenario-plan.ts';
import type { MachineDefinition } from './synthesise-machine.ts';
import { type Moment, writeTimeline } from './timeline.ts';
import { type TruthLog, truthLog } from './truth-log.ts';
import { type VirtualWorld, virtualWorld, type WorldOptions } from './virtual-world.ts';

export type PlayedScenario = {
  readonly name: string;
  readonly faults: readonly FaultReport[];
  readonly falseIncidents: readonly { readonly afterSeconds: number; readonly title: string }[];
  /** Seconds before the first fault: all of them where there is none. */
  readonly quietSeconds: number;
  readonly quietModelCalls: number;
  readonly modelCalls: number;
  readonly timeline: readonly Moment[];
  /** States of the machine in the order they were entered, `incident/state`, the incidents numbered. */
  readonly states: readonly string[];
  /** For each incident in order of opening, the states it went through. */
  readonly courses: readonly (readonly IncidentState[])[];
  /** Executions that failed outright. */
  readonly failures: readonly string[];
  /** For each fault, what its first diagnosis was made from; null where there was none. */
  readonly firstDiagnoses: readonly (FirstDiagnosis | null)[];
};

export type FirstDiagnosis = {
  readonly truth: ReturnType<typeof truthOf>;
  readonly diagnosis: Diagnosis;
  readonly bundle: EvidenceBundle;
};

export type PlayOptions = {
  readonly definition: MachineDefinition;
  readonly healer: Healer;
} & Pick<WorldOptions, 'instead' | 'wrapTarget'>;

/** After the last answer the shop is watched a little longer. */
const afterwardsSeconds = 180;
const everyIncident = 1000;

/** Plays a plan to its end beside its do-nothing twin, and grades what happened. */
export const playScenario = async (plan: ScenarioPlan, options: PlayOptions): Promise<PlayedScenario> => {
  const world = await virtualWorld({ ...healerParts(options.healer), ...options, ...plan });
  try {
    const twin = fleetWorld(world.fleet.state(), null, { now: world.now });
    for (const fault of plan.faults) {
      world.inject(fault);
      twin.inject(fault);
    }
    const log = truthLog();
    const moments: { readonly at: number; readonly truth: Truth }[] = [];
    const end = plan.at + plan.lengthSeconds * 1000;
    while (world.fleet.state().at < end) {
      const truth = await world.step();
      if (plan.faults.length > 0) {
        twin.step(truth.at);
        log.add(truth, twin.truth() ?? truth);
      }
      if (moments.at(-1)?.truth.hurting !== truth.hurting) moments.push({ at: truth.at, truth });
      if (plan.endsWhenSettled && (await isSettled(plan, world, log))) break;
    }
    return await report(plan, world, log, moments);
  } finally {
    world.dispose();
  }
};

const allIncidents = async ({ responder }: VirtualWorld): Promise<readonly Incident[]> => {
  const lists = await Promise.all(incidentStates.map((state) => responder.incidents.listByState(state, everyIncident)));
  return lists.flat().toSorted((left, right) => left.openedAt - right.openedAt);
};

/** Every fault has an incident, none lives any more, and for what was resolved the twin has shown the difference. */
const isSettled = async (plan: ScenarioPlan, world: VirtualWorld, log: TruthLog): Promise<boolean> => {
  const now = world.fleet.state().at;
  if (world.responder.orchestrator.running() > 0 || plan.faults.some(({ startedAt }) => startedAt > now)) return false;
  const incidents = await allIncidents(world);
  const topology = await world.fleet.target.describe();
  return plan.faults.every((fault) => {
    const own = incidents.filter((incident) => detects(incident, fault, topology));
    const closings = own.map(({ closedAt }) => closedAt);
    if (own.length === 0 || closings.includes(null)) return false;
    const last = Math.max(...closings.map((at) => at ?? 0));
    const resolved = own.find(({ state }) => state === 'resolved');
    const shown = resolved === undefined || log.twinHurtFrom(resolved.closedAt ?? last);
    return shown && now - last >= afterwardsSeconds * 1000;
  });
};

const report = async (
  plan: ScenarioPlan,
  world: VirtualWorld,
  log: TruthLog,
  moments: readonly { readonly at: number; readonly truth: Truth }[],
): Promise<PlayedScenario> => {
  const topology = await world.fleet.target.describe();
  const incidents = await allIncidents(world);
  const records = await Promise.all(incidents.map(({ id }) => readIncidentRecord(world.responder, id)));
  const kept = records.filter((record) => record !== null);
  const modelCalls = kept.flatMap((record) => record.modelCalls);
  const firstFault = Math.min(plan.at + plan.lengthSeconds * 1000, ...plan.faults.map(({ startedAt }) => startedAt));
  const numbers = new Map(incidents.map(({ id }, index) => [id, index + 1]));
  return {
    name: plan.name,
    faults: plan.faults.map((fault) => {
      const own = kept.filter(({ incident }) => detects(incident, fault, topology));
      return grade(plan, fault, own, log);
    }),
    falseIncidents: incidents
      .filter((incident) => isFalse(incident, plan.faults, topology))
      .map(({ openedAt, title }) => ({ afterSeconds: (openedAt - plan.at) / 1000, title })),
    quietSeconds: (firstFault - plan.at) / 1000,
    quietModelCalls: modelCalls.filter(({ at }) => at < firstFault).length,
    modelCalls: modelCalls.length,
    timeline: writeTimeline(plan, kept, moments),
    states: world.responder.orchestrator.history.map(
      ({ incidentId, state }) => `${numbers.get(incidentId) ?? 0}/${state}`,
    ),
    courses: kept.map(({ audit }) => audit.map(({ to }) => to)),
    failures: world.responder.orchestrator.failures,
    firstDiagnoses: await Promise.all(
      plan.faults.map((fault) =>
        firstDiagnosis(
          world,
          fault,
          kept.filter(({ incident }) => detects(incident, fault, topology)),
        ),
      ),
    ),
  };
};

const firstDiagnosis = async (
  { responder: { archive } }: VirtualWorld,
  fault: ActiveFault,
  records: readonly IncidentRecord[],
): Promise<FirstDiagnosis | null> => {
  const speaking = speakingOf(records);
  const first = speaking?.decisions.find((record) => record.kind === 'diagnosis' && record.attempt === 1);
  if (speaking === null || first?.kind !== 'diagnosis') return null;
  const { id } = speaking.incident;
  const bundle = await readEvidence(archive, { id, evidenceKey: evidenceKey(id, 1) });
  return { truth: truthOf(fault), diagnosis: first.diagnosis, bundle };
};

/** The incident that ended well speaks for the fault, else the first one that noticed it. */
const speakingOf = (records: readonly IncidentRecord[]): IncidentRecord | null =>
  records.find(({ incident }) => incident.state === 'resolved') ?? records[0] ?? null;

const grade = (
  plan: ScenarioPlan,
  fault: ActiveFault,
  records: readonly IncidentRecord[],
  log: TruthLog,
): FaultReport => {
  const speaking = speakingOf(records);
  const closedAt = resolvedAt(speaking);
  const graded = gradeFault(
    {
      kind: fault.definition.kind,
      cause: fault.definition.cause,
      service: fault.service,
      severity: fault.severity,
      seed: plan.seed,
      truth: truthOf(fault),
      injectedAt: fault.startedAt,
    },
    speaking,
    {
      recoveredAt: log.recoveredAt(fault.startedAt),
      hurtAtResolve: closedAt === null ? null : log.hurtAt(closedAt),
      twinHurtAtResolve: closedAt === null ? null : log.twinHurtFrom(closedAt),
    },
  );
  const first = records[0]?.incident.openedAt;
  return first === undefined ? graded : { ...graded, detectedAfterSeconds: (first - fault.startedAt) / 1000 };
};

/** No longer hurting, by proof, while the shop that nobody mended does. */
export const isHealed = ({ outcome, hurtAtResolve, twinHurtAtResolve }: FaultReport): boolean =>
  outcome === 'resolved' && hurtAtResolve === false && twinHurtAtResolve === true;
