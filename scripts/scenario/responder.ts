import { createBuiltinModel } from '../../lambdas/adapters/llm/builtin-model.ts';
import { memoryArchive } from '../../lambdas/adapters/memory/archive.ts';
import { memoryDetectorState } from '../../lambdas/adapters/memory/detector-state.ts';
import { countingIds } from '../../lambdas/adapters/memory/ids.ts';
import { memoryIncidents } from '../../lambdas/adapters/memory/incidents.ts';
import { memoryLeases } from '../../lambdas/adapters/memory/leases.ts';
import { memoryLessons } from '../../lambdas/adapters/memory/lessons.ts';
import { memoryMutes } from '../../lambdas/adapters/memory/mutes.ts';
import { memoryNotifier } from '../../lambdas/adapters/memory/notifier.ts';
import { memoryRecords } from '../../lambdas/adapters/memory/records.ts';
import { memoryScanArchive } from '../../lambdas/adapters/memory/scan-archive.ts';
import { memorySharedRows } from '../../lambdas/adapters/memory/shared-rows.ts';
import { memoryTransitions } from '../../lambdas/adapters/memory/transitions.ts';
import { askPersonInputSchema, escalateInputSchema, respondInputSchema } from '../../lambdas/contract/state-machine.ts';
import {
  type DetectAnomalies,
  type DetectionSettings,
  detectAnomalies,
} from '../../lambdas/detection/detect-anomalies.ts';
import { memoryShardScanner } from '../../lambdas/detection/memory-shard-scanner.ts';
import { breakerRules } from '../../lambdas/domain/limits/limits.ts';
import { defaultLimits } from '../../lambdas/domain/policy/limits.ts';
import type { Archive } from '../../lambdas/ports/archive.ts';
import type { Clock } from '../../lambdas/ports/clock.ts';
import type { Incidents } from '../../lambdas/ports/incidents.ts';
import type { ModelChain } from '../../lambdas/ports/language-model.ts';
import type { Notifier } from '../../lambdas/ports/notifier.ts';
import type { Orchestrator } from '../../lambdas/ports/orchestrator.ts';
import type { Target } from '../../lambdas/ports/target.ts';
import type { Telemetry } from '../../lambdas/ports/telemetry.ts';
import type { Transitions } from '../../lambdas/ports/transitions.ts';
import { createAct } from '../../lambdas/remediation/act.ts';
import { createAskModel } from '../../lambdas/remediation/ask/ask-model.ts';
import { createAskPerson } from '../../lambdas/remediation/ask-person.ts';
import { createClose } from '../../lambdas/remediation/close.ts';
import { createDecide } from '../../lambdas/remediation/decide.ts';
import { createDiagnose } from '../../lambdas/remediation/diagnose.ts';
import { createEscalate } from '../../lambdas/remediation/escalate.ts';
import { createGatherEvidence } from '../../lambdas/remediation/gather-evidence.ts';
import { createModelGate } from '../../lambdas/remediation/model-gate.ts';
import { createPlan } from '../../lambdas/remediation/plan.ts';
import { createUndo } from '../../lambdas/remediation/undo.ts';
import { createVerify } from '../../lambdas/remediation/verify.ts';
import { type LocalOrchestrator, localOrchestrator, type MachineFunctions } from './local-orchestrator.ts';
import type { MachineDefinition } from './synthesise-machine.ts';

export type Responder = {
  readonly archive: Archive;
  readonly incidents: Incidents;
  readonly transitions: Transitions;
  readonly orchestrator: LocalOrchestrator;
  readonly notifier: Notifier & { readonly sent: readonly unknown[] };
  readonly detect: DetectAnomalies;
};

export type ResponderOptions = {
  readonly clock: Clock;
  readonly telemetry: Telemetry;
  readonly target: Target;
  readonly definition: MachineDefinition;
  readonly settings: DetectionSettings;
  /** The models that are asked; the built-in reasoner alone unless set. They have no limits. */
  readonly chain?: ModelChain;
  /** Functions in the place of the product's own: other healers, and broken parts in tests. */
  readonly instead?: (ports: ResponderPorts, functions: MachineFunctions) => MachineFunctions;
};

export type ResponderPorts = ReturnType<typeof memoryPorts>;

const memoryPorts = ({ clock, telemetry, target }: Pick<ResponderOptions, 'clock' | 'telemetry' | 'target'>) => {
  const records = memoryRecords();
  return {
    clock,
    telemetry,
    target,
    incidents: memoryIncidents(records),
    transitions: memoryTransitions(records),
    archive: memoryArchive(),
    scanArchive: memoryScanArchive(),
    leases: memoryLeases(),
    notifier: memoryNotifier(),
    mutes: memoryMutes(),
    ids: countingIds(clock),
  };
};

/** What asking models needs, without limits and without waiting. */
export const askPorts = <Ports extends Pick<ResponderPorts, 'clock' | 'ids'>>(
  { chain }: Pick<ResponderOptions, 'chain'>,
  ports: Ports,
) => {
  const builtin = createBuiltinModel();
  // The same course of events takes the same waits, and none of them takes real time.
  const waiting = { random: () => 0.5, sleep: async () => undefined };
  const rules = { providers: new Map(), breaker: breakerRules, budgets: { incident: noBudget, day: noBudget } };
  return {
    ...ports,
    ...waiting,
    chain: chain ?? (() => [builtin] as const),
    gate: createModelGate({ ...ports, ...waiting, rows: memorySharedRows() }, rules),
    lessons: memoryLessons(),
  };
};

const noBudget = { tokens: null, dollars: null };

/** The whole product on the adapters in memory: detection, the state machine and its functions. */
export const responder = (options: ResponderOptions): Responder => {
  const ports = memoryPorts(options);
  const { settings } = options;
  const asking = { ...ports, askModel: createAskModel(askPorts(options, ports)) };
  const gather = createGatherEvidence(ports, settings);
  const diagnose = createDiagnose(asking);
  const plan = createPlan(asking);
  const decide = createDecide(ports, defaultLimits);
  const askPerson = createAskPerson(ports);
  const act = createAct(ports, defaultLimits);
  const verify = createVerify(ports, settings);
  const undo = createUndo(ports);
  const close = createClose(ports);
  const escalate = createEscalate(ports);
  const functions: MachineFunctions = {
    'gather-evidence': async (payload) => gather(respondInputSchema.parse(payload)),
    diagnose: async (payload) => diagnose(respondInputSchema.parse(payload)),
    plan: async (payload) => plan(respondInputSchema.parse(payload)),
    decide: async (payload) => decide(respondInputSchema.parse(payload)),
    'ask-person': async (payload) => askPerson(askPersonInputSchema.parse(payload)),
    act: async (payload) => act(respondInputSchema.parse(payload)),
    verify: async (payload) => verify(respondInputSchema.parse(payload)),
    undo: async (payload) => undo(respondInputSchema.parse(payload)),
    close: async (payload) => close(respondInputSchema.parse(payload)),
    escalate: async (payload) => escalate(escalateInputSchema.parse(payload)),
  };
  const replaced = options.instead?.(ports, functions) ?? {};
  const orchestrator = localOrchestrator(options.definition, { ...functions, ...replaced });
  return {
    archive: ports.archive,
    incidents: ports.incidents,
    transitions: ports.transitions,
    notifier: ports.notifier,
    orchestrator,
    detect: detection({ ...ports, orchestrator }, settings),
  };
};

const detection = (ports: ResponderPorts & { readonly orchestrator: Orchestrator }, settings: DetectionSettings) => {
  const detectorState = memoryDetectorState();
  return detectAnomalies({ ...ports, detectorState, shardScanner: memoryShardScanner(ports, detectorState) }, settings);
};

/** Detection alone: what it opens stays as it opened, for the executions begin and never end. */
export const watcher = (
  options: Pick<ResponderOptions, 'clock' | 'telemetry' | 'target' | 'settings'>,
): Pick<Responder, 'incidents' | 'detect'> => {
  const ports = memoryPorts(options);
  const orchestrator: Orchestrator = {
    start: async () => undefined,
    status: async () => 'running',
    answer: async () => false,
  };
  return { incidents: ports.incidents, detect: detection({ ...ports, orchestrator }, options.settings) };
};
