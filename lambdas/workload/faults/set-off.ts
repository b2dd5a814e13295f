import { designs } from '../physics/designs.ts';
import { serviceOf } from '../physics/instances.ts';
import { between, hash, hexadecimal } from '../physics/random.ts';
import type { Recorder } from '../physics/recorder.ts';
import { configure, deploy } from '../physics/rollouts.ts';
import type { FleetState, Grip, InstanceState, ServiceState } from '../physics/state.ts';
import type { ActiveFault } from './definition.ts';
import { generations, isOfInstances } from './hold.ts';

/** What a fault takes hold of when it begins, and what of it shows: a deploy, a job. */
export function setOff(
  state: FleetState,
  fault: ActiveFault,
  s: number,
  grip: Grip,
  at: number,
  recorder: Recorder,
): void {
  const service = serviceOf(state, s);
  const { carrier } = fault.definition;
  if (isOfInstances(carrier)) {
    for (const instance of chosen(service, fault)) grip.held[instance.id] = generations[carrier](instance);
    return;
  }
  switch (carrier) {
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

/** A leak that a restart cleared comes back hours later, in the processes of that time. */
export function returnLater(fault: ActiveFault, service: ServiceState, grip: Grip, at: number): void {
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

/** The instances that a fault takes hold of when it begins. */
function chosen(service: ServiceState, fault: ActiveFault): readonly InstanceState[] {
  if (fault.definition.scope === 'all') return service.instances;
  // Of the first slot of each zone: later ones are taken away by the next scaling in, and the fault with them.
  const running = service.instances.filter((instance) => instance.phase === 'running' && instance.slot === 1);
  const named = service.instances.find((instance) => instance.id === fault.instance);
  const drawn = named ?? running[hash(fault.seed, 0, 0, 104) % Math.max(1, running.length)] ?? service.instances[0];
  return drawn === undefined ? [] : [drawn];
}
