import { merchantSubset } from '../physics/demand.ts';
import { serviceOf } from '../physics/instances.ts';
import type { Loads } from '../physics/loads.ts';
import { peakRates } from '../physics/peak-rates.ts';
import { between, hash, hexadecimal } from '../physics/random.ts';
import type { Recorder } from '../physics/recorder.ts';
import { configure, deploy } from '../physics/rollouts.ts';
import { designs, serviceIndex } from '../physics/services.ts';
import type { FleetState, Grip, ServiceState } from '../physics/state.ts';
import type { ActiveFault } from './definition.ts';
import { chosen, generation, holds } from './hold.ts';
import { pressOn } from './press-on.ts';

/**
 * A fault takes hold of something physical (a process, a host, a version, a
 * message ...) and presses on the physics for as long as that is there. The
 * state keeps what it holds; nothing of it is ever published.
 */
export function applyFaults(
  state: FleetState,
  faults: readonly ActiveFault[],
  at: number,
  loads: Loads,
  recorder: Recorder,
): void {
  if (state.grips.length > 0) {
    state.grips = state.grips.filter((grip) => faults.some((fault) => gripId(fault) === grip.id));
  }
  for (const fault of faults) {
    if (at < fault.startedAt || (fault.endsAt !== null && at >= fault.endsAt)) continue;
    const s = serviceIndex(fault.service);
    if (s < 0) continue;
    let grip = state.grips.find((other) => other.id === gripId(fault));
    if (grip === undefined) {
      grip = takeHold(fault, s, at);
      state.grips.push(grip);
    }
    if (grip.over) continue;
    if (at < grip.beganAt) continue;
    if (at === grip.beganAt) setOff(state, fault, s, grip, at, recorder);
    press(state, fault, s, grip, at, loads);
  }
}

/** Begins with `<service>|<carrier>|`, so that operations find what they clear. */
const gripId = (fault: ActiveFault): string => `${serviceIndex(fault.service)}|${fault.definition.carrier}|${fault.id}`;

/** Changes go through a pipeline first: they begin a moment after the fault was asked for. */
function takeHold(fault: ActiveFault, s: number, at: number): Grip {
  const { carrier } = fault.definition;
  const delayed = carrier === 'version' || carrier === 'config' || carrier === 'job';
  const beganAt = delayed ? at + 5000 * (1 + (hash(fault.seed, s, 0, 101) % 2)) : at;
  return { id: gripId(fault), beganAt, held: {}, tokens: [], over: false, returnsAt: 0 };
}

function setOff(state: FleetState, fault: ActiveFault, s: number, grip: Grip, at: number, recorder: Recorder): void {
  const service = serviceOf(state, s);
  const { carrier } = fault.definition;
  switch (carrier) {
    case 'process':
    case 'host':
    case 'cache':
    case 'connections':
      for (const instance of chosen(service, fault)) grip.held[instance.id] = generation(instance, carrier);
      return;
    case 'version': {
      const version = hexadecimal(7, fault.seed, s, at / 5000, 34);
      grip.tokens.push(version);
      deploy(state, s, version, at, 'pipeline', recorder);
      return;
    }
    case 'config': {
      const revision = `cfg-${hexadecimal(6, fault.seed, s, at / 5000, 35)}`;
      grip.tokens.push(revision);
      configure(state, s, revision, at, 'pipeline', recorder);
      return;
    }
    case 'job': {
      const jobs = designs[s]?.jobs ?? [];
      const job = jobs[hash(fault.seed, s, 0, 102) % Math.max(1, jobs.length)];
      if (job === undefined) return;
      grip.tokens.push(job.name);
      if (!service.pausedJobs.includes(job.name)) {
        recorder.change(at, s, { kind: 'job', actor: 'scheduler', summary: `job ${job.name} started` }, 74);
      }
      return;
    }
    case 'credential':
      grip.tokens.push(service.credential);
      return;
    case 'message':
      grip.tokens.push(`ord-${hexadecimal(8, fault.seed, s, at / 5000, 36)}`);
      return;
    case 'link':
      grip.tokens.push(hash(fault.seed, s, 0, 103) % 2 === 0 ? 'a' : 'b');
      return;
    case 'traffic':
    case 'logFiles':
    case 'temporaryFiles':
    case 'data':
    case 'primary':
    case 'cacheLimit':
      return;
  }
}

/** What clears the whole fault at once, wherever it is. */
function suspended(service: ServiceState, fault: ActiveFault, grip: Grip): boolean {
  const token = grip.tokens[0] ?? '';
  switch (fault.definition.carrier) {
    case 'job':
      return service.pausedJobs.includes(token);
    case 'credential':
      return service.credential !== token;
    case 'message':
      return service.quarantined.includes(token);
    default:
      return false;
  }
}

function press(state: FleetState, fault: ActiveFault, s: number, grip: Grip, at: number, loads: Loads): void {
  const service = serviceOf(state, s);
  const { definition } = fault;
  if (suspended(service, fault, grip)) return;
  returnLater(fault, service, grip, at);
  const elapsed = (at - grip.beganAt) / 1000;
  if (definition.intermittent !== undefined) {
    const { onSeconds, offSeconds } = definition.intermittent;
    if (elapsed % (onSeconds + offSeconds) >= onSeconds) return;
  }
  const rampSeconds = (definition.rampMinutes * 60) / fault.severity;
  const strength = rampSeconds > 0 ? Math.min(1, (elapsed + 5) / rampSeconds) : 1;
  const subset = definition.merchantShare < 1 ? merchantSubset(fault.seed, definition.merchantShare) : null;
  if (subset !== null) loads.merchants[s] = subset.names;
  const load = loads.service(s);
  for (const perturbation of definition.perturbations) {
    const amount = (perturbation.from + (perturbation.to - perturbation.from) * fault.severity) * strength;
    switch (perturbation.parameter) {
      case 'addedDemand':
        load.excess += amount * (peakRates[s] ?? 0);
        continue;
      case 'queueBlocked':
        loads.queueBlocked = Math.min(1, loads.queueBlocked + amount);
        loads.blockingMessage = grip.tokens[0] ?? null;
        continue;
      case 'payloadMemory':
        loads.payloadMemory += amount;
        loads.payloadMessage = grip.tokens[0] ?? null;
        continue;
      default:
        break;
    }
    for (let i = 0; i < service.instances.length; i += 1) {
      const instance = service.instances[i];
      if (instance === undefined || !holds(fault, service, grip, instance)) continue;
      if (definition.carrier === 'job') load.instance(i).jobRunning = grip.tokens[0] ?? null;
      pressOn(load.instance(i), perturbation, amount, subset?.share ?? 1);
    }
  }
}

/** A leak that a restart cleared comes back hours later, in the processes of that time. */
function returnLater(fault: ActiveFault, service: ServiceState, grip: Grip, at: number): void {
  const { carrier, returnsAfterHours } = fault.definition;
  if (carrier !== 'process' || returnsAfterHours === undefined) return;
  if (service.instances.some((instance) => grip.held[instance.id] === instance.process)) {
    grip.returnsAt = 0;
    return;
  }
  if (grip.returnsAt === 0) {
    grip.returnsAt = at + returnsAfterHours * 3_600_000 * between(0.8, 1.2, fault.seed, 0, at / 5000, 105);
    return;
  }
  if (at < grip.returnsAt) return;
  for (const instance of chosen(service, fault)) grip.held[instance.id] = instance.process;
  grip.returnsAt = 0;
}

/** A deploy or a configuration change on top of a bad one still carries it. */
export function inherit(state: FleetState, s: number, carrier: 'version' | 'config', token: string): void {
  for (const grip of state.grips) {
    if (grip.id.startsWith(`${s}|${carrier}|`) && !grip.over && grip.tokens.length > 0) grip.tokens.push(token);
  }
}
