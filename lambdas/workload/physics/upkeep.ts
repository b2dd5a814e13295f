import { benignStarts, blipAt, jobsAt, laneOf, revisionAt, versionAt } from './benign.ts';
import { designs } from './designs.ts';
import { inherit } from './grips.ts';
import { crashInstance, drawnInstance, migrateInstance, restartInstance, serviceOf } from './instances.ts';
import type { Loads } from './loads.ts';
import type { Recorder } from './recorder.ts';
import { configure, deploy } from './rollouts.ts';
import type { FleetState } from './state.ts';

/** The shop's own goings-on of one sub-step: they happen in sickness and in health, and harm nothing. */
export function keepUp(state: FleetState, at: number, step: number, loads: Loads, recorder: Recorder): void {
  for (let s = 0; s < designs.length; s += 1) {
    releaseChanges(state, s, at, step, recorder);
    cleanUp(state, s, at, step, recorder);
    tendInstances(state, s, at, step, recorder);
    runJobs(state, s, at, step, loads, recorder);
    blip(state, s, step, loads);
  }
}

function releaseChanges(state: FleetState, s: number, at: number, step: number, recorder: Recorder): void {
  if (benignStarts(state.seed, s, 'deploy', step)) {
    const version = versionAt(state.seed, s, step);
    inherit(state, s, 'version', version);
    deploy(state, s, version, at, 'pipeline', recorder);
  }
  if (benignStarts(state.seed, s, 'config', step)) {
    const revision = revisionAt(state.seed, s, step);
    inherit(state, s, 'config', revision);
    configure(state, s, revision, at, 'pipeline', recorder);
  }
}

function cleanUp(state: FleetState, s: number, at: number, step: number, recorder: Recorder): void {
  const service = serviceOf(state, s);
  if (benignStarts(state.seed, s, 'logRotation', step)) {
    // The nightly rotation knows the ordinary log files only.
    for (const instance of service.instances) instance.logGigabytes *= 0.1;
    recorder.change(at, s, { kind: 'logRotation', actor: 'scheduler', summary: `rotate logs of ${service.name}` }, 75);
  }
  if (benignStarts(state.seed, s, 'sweep', step)) {
    for (const instance of service.instances) instance.temporaryGigabytes *= 0.1;
  }
  if (designs[s]?.cache != null && benignStarts(state.seed, s, 'cacheFlush', step)) {
    const instance =
      service.instances[laneOf(state.seed, s, step, 'cacheFlush') % Math.max(1, service.instances.length)];
    if (instance === undefined) return;
    // A tenant's share of the entries of one instance, as after a price change.
    instance.cacheWarmth *= 0.7;
    recorder.change(
      at,
      s,
      {
        kind: 'cacheFlush',
        actor: 'scheduler',
        instance: instance.id,
        summary: `flush expired entries of the cache of ${instance.id}`,
      },
      76,
    );
  }
}

function tendInstances(state: FleetState, s: number, at: number, step: number, recorder: Recorder): void {
  const service = serviceOf(state, s);
  const allUp = () =>
    service.instances.every((instance) => instance.phase === 'running') && service.rollouts.length === 0;
  for (const event of ['recycle', 'replacement', 'exit'] as const) {
    if (!benignStarts(state.seed, s, event, step)) continue;
    const instance = drawnInstance(service, laneOf(state.seed, s, step, event));
    // A platform waits with upkeep while instances are down.
    if (instance === undefined || !allUp()) continue;
    switch (event) {
      case 'recycle':
        restartInstance(state, s, instance, at);
        recorder.change(
          at,
          s,
          {
            kind: 'restart',
            actor: 'platform',
            instance: instance.id,
            summary: `restart ${instance.id} for a host update`,
          },
          77,
        );
        break;
      case 'replacement':
        migrateInstance(service, instance, at);
        recorder.change(
          at,
          s,
          {
            kind: 'restart',
            actor: 'platform',
            instance: instance.id,
            summary: `move ${instance.id} to another host, its own is retired`,
          },
          78,
        );
        break;
      case 'exit':
        crashInstance(s, instance, at, recorder);
        break;
    }
  }
}

function runJobs(state: FleetState, s: number, at: number, step: number, loads: Loads, recorder: Recorder): void {
  const service = serviceOf(state, s);
  for (const { job, phase, index } of jobsAt(state.seed, s, step)) {
    if (service.pausedJobs.includes(job.name)) continue;
    if (phase !== 'runs') {
      recorder.change(
        at,
        s,
        { kind: 'job', actor: 'scheduler', summary: `job ${job.name} ${phase === 'starts' ? 'started' : 'finished'}` },
        79 + index,
      );
    }
    if (phase === 'ends') continue;
    const load = loads.service(s);
    for (let i = 0; i < service.instances.length; i += 1) {
      load.instance(i).backgroundCpu += job.cpuShare;
      load.instance(i).jobRunning = job.name;
    }
  }
}

function blip(state: FleetState, s: number, step: number, loads: Loads): void {
  const on = blipAt(state.seed, s, step);
  if (on === null) return;
  const service = serviceOf(state, s);
  const design = designs[s];
  if (design === undefined) return;
  const load = loads.service(s);
  for (let i = 0; i < service.instances.length; i += 1) {
    if (on.lane >= 0 && on.lane % service.instances.length !== i) continue;
    const pressed = load.instance(i);
    switch (on.kind) {
      case 'latency':
        pressed.addedLatency += on.strength * Math.min(25, 4 + 0.4 * design.baseMilliseconds);
        break;
      case 'errors':
        pressed.exceptionShare = Math.max(pressed.exceptionShare, 0.006 * on.strength);
        break;
      case 'cpu':
        pressed.backgroundCpu += 0.12 * on.strength;
        break;
    }
  }
}
