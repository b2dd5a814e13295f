import { merchantSubset } from '../physics/demand.ts';
import { gripIdOf } from '../physics/grips.ts';
import { serviceOf } from '../physics/instances.ts';
import type { Loads } from '../physics/loads.ts';
import { peakRates } from '../physics/peak-rates.ts';
import { hash } from '../physics/random.ts';
import type { Recorder } from '../physics/recorder.ts';
import { serviceIndex } from '../physics/services.ts';
import type { FleetState, Grip } from '../physics/state.ts';
import type { ActiveFault } from './definition.ts';
import { holds, suspended } from './hold.ts';
import { pressOn } from './press-on.ts';
import { returnLater, setOff } from './set-off.ts';

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
    state.grips = state.grips.filter((grip) => faults.some((fault) => idOf(fault) === grip.id));
  }
  for (const fault of faults) {
    if (at < fault.startedAt || (fault.endsAt !== null && at >= fault.endsAt)) continue;
    const s = serviceIndex(fault.service);
    if (s < 0) continue;
    let grip = state.grips.find((other) => other.id === idOf(fault));
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

const idOf = ({ service, definition, id }: ActiveFault): string =>
  gripIdOf(serviceIndex(service), definition.carrier, id);

/** Changes go through a pipeline first: they begin a moment after the fault was asked for. */
function takeHold(fault: ActiveFault, s: number, at: number): Grip {
  const { carrier } = fault.definition;
  const delayed = carrier === 'version' || carrier === 'config' || carrier === 'job';
  const beganAt = delayed ? at + 5000 * (1 + (hash(fault.seed, s, 0, 101) % 2)) : at;
  return { id: idOf(fault), beganAt, held: {}, tokens: [], over: false, returnsAt: 0 };
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
