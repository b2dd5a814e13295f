import { designs } from './designs.ts';
import { serviceOf } from './instances.ts';
import { LineWriter } from './line-writer.ts';
import type { InstanceLoad, Loads } from './loads.ts';
import { timedOut } from './log-wording.ts';
import { writeOrdinaryLines } from './ordinary-lines.ts';
import { hash, poisson } from './random.ts';
import type { Recorder } from './recorder.ts';
import type { ServiceDesign } from './service-design.ts';
import { checkout, queueCapacity, serviceIndex, worker } from './services.ts';
import type { FleetState, InstanceState } from './state.ts';

/**
 * Log lines of one sub-step. Each occasion has a rate from the physics and at
 * most three lines an instance and sub-step; every occasion also comes up now
 * and then in health (about six times a day and service).
 */
const seconds = 5;

export function writeLogs(state: FleetState, loads: Loads, at: number, step: number, recorder: Recorder): void {
  const writer = new LineWriter(state, loads, at, step, recorder);
  for (let s = 0; s < designs.length; s += 1) {
    const design = designs[s];
    const service = serviceOf(state, s);
    const first = service.instances[hash(state.seed, s, step, 2900) % Math.max(1, service.instances.length)];
    if (design === undefined || first === undefined) continue;
    writeOrdinaryLines(writer, s, design, first);
    for (let i = 0; i < service.instances.length; i += 1) {
      const instance = service.instances[i];
      if (instance === undefined) continue;
      const pressed = loads.service(s).instance(i);
      if (instance.startedAt === at && instance.phase === 'running') writer.line(s, instance, 'started', '');
      if (instance.phase !== 'running' || !pressed.serving) continue;
      ofRequests(writer, s, instance, pressed);
      ofResources(writer, s, design, instance, pressed);
      ofCalls(writer, s, design, instance, i);
    }
    ofQueue(writer, s, first);
  }
  ofChanges(writer);
  for (const exit of recorder.takeExits()) {
    const instance = serviceOf(state, exit.service).instances.find((other) => other.id === exit.instance);
    if (instance !== undefined) writer.line(exit.service, instance, exit.outOfMemory ? 'killed' : 'exited', '');
  }
}

function ofRequests(writer: LineWriter, s: number, instance: InstanceState, pressed: InstanceLoad): void {
  const requests = pressed.processed * seconds;
  writer.some(s, instance, 'exception', 11, requests * (pressed.exceptionShare + 0.00002));
  writer.some(s, instance, 'setting', 12, requests * pressed.settingShare);
  writer.some(s, instance, 'flag', 13, requests * pressed.flagShare);
  writer.some(s, instance, 'hardware', 14, requests * pressed.hardwareShare, null, 2);
  writer.some(s, instance, 'backend', 15, requests * pressed.backendShare);
  if (pressed.credentialRejected > 0) {
    const { credential } = serviceOf(writer.state, s);
    writer.some(s, instance, 'credential', 16, requests * pressed.credentialRejected, credential);
  }
  writer.some(s, instance, 'overloaded', 17, requests * pressed.rejected, null, 2);
  if (pressed.addedLatency > 120) {
    const name = designs[s]?.kind === 'database' ? 'slowQuery' : 'slow';
    writer.some(s, instance, name, 18, Math.min(2, requests * 0.1), null, 2);
  }
  if (pressed.packetLoss > 0) {
    const other = instance.zone === 'a' ? 'b' : 'a';
    writer.some(s, instance, 'reset', 19, pressed.packetLoss * 2, other);
  }
}

function ofResources(
  writer: LineWriter,
  s: number,
  design: ServiceDesign,
  instance: InstanceState,
  pressed: InstanceLoad,
): void {
  if (design.managedHeap && instance.gcPause > 80) writer.some(s, instance, 'collected', 21, 0.8, null, 2);
  if (pressed.heapFull > 0) writer.some(s, instance, 'heapFull', 22, 0.7, null, 2);
  if (pressed.diskFull > 0) writer.some(s, instance, 'noSpace', 23, 1.5);
  const volume = design.volumeGigabytes;
  if (pressed.logWriteRate > 0)
    writer.some(s, instance, 'logFiles', 24, (8 * instance.floodLogGigabytes) / volume, null, 1);
  if (pressed.temporaryWriteRate > 0) {
    writer.some(s, instance, 'temporaryFiles', 25, (8 * instance.floodTemporaryGigabytes) / volume, null, 1);
  }
  if (pressed.dataAdded > 0)
    writer.some(s, instance, 'dataFiles', 26, (5 * instance.addedDataGigabytes) / volume, null, 1);
  if (pressed.cpuSteal > 0.15) writer.some(s, instance, 'steal', 27, 0.5, null, 1);
  if (pressed.backgroundCpu > 0.5 && pressed.jobRunning === null)
    writer.some(s, instance, 'busyThread', 28, 0.5, null, 1);
  if (pressed.jobRunning !== null) writer.some(s, instance, 'jobProgress', 29, 0.08, pressed.jobRunning, 1);
  if (pressed.connectionLeak > 0) writer.some(s, instance, 'poolLeak', 30, 0.4, null, 1);
  writer.some(s, instance, 'poolExhausted', 31, pressed.poolExhausted * pressed.processed * seconds);
  if (design.cache !== null) {
    const lost = 1 - pressed.hit / design.cache.hitShare;
    if (lost > 0.35) writer.some(s, instance, 'missRate', 32, 0.4, null, 1);
    if (instance.cacheMegabytes > design.cache.megabytes * 1.4)
      writer.some(s, instance, 'cacheSize', 33, 0.25, null, 1);
  }
}

function ofCalls(writer: LineWriter, s: number, design: ServiceDesign, instance: InstanceState, index: number): void {
  const { loads } = writer;
  const load = loads.service(s);
  const part = load.processed > 0 ? load.instance(index).processed / load.processed : 0;
  for (let c = 0; c < design.calls.length; c += 1) {
    const call = design.calls[c];
    const seen = load.calls[c];
    if (call === undefined || seen === undefined) continue;
    const purpose = 40 + c * 4;
    writer.some(s, instance, 'retrying', purpose, seen.retries * seconds * part, call.to, 1);
    writer.some(s, instance, 'refused', purpose + 1, seen.refused * seconds * part, call.to, 2);
    const late = Math.min(
      2,
      poisson(seen.timeouts * seconds * part, writer.state.seed, s * 64 + index, writer.step, 2100 + c),
    );
    for (let n = 0; n < late; n += 1) {
      writer.write(s, instance, timedOut(s, call.to, call.timeoutMilliseconds, writer.details(s, '')));
    }
  }
  if (load.excess > 0) writer.some(s, instance, 'surge', 60, 0.3, null, 1);
  writer.some(s, instance, 'overloaded', 61, load.threadRejected * load.processed * seconds * part, null, 2);
}

function ofQueue(writer: LineWriter, s: number, instance: InstanceState): void {
  const { loads, state } = writer;
  if (s === checkout && state.queue.depth >= queueCapacity * 0.995) writer.some(s, instance, 'queueFull', 62, 2);
  if (s !== worker) return;
  if (state.queue.depth > 600) writer.some(s, instance, 'queueDeep', 63, 0.4, null, 1);
  if (loads.blockingMessage !== null && loads.payloadMessage === null) {
    writer.some(s, instance, 'unreadable', 64, 2.5, loads.blockingMessage);
  }
  if (loads.payloadMessage !== null) writer.some(s, instance, 'payload', 65, 0.6, loads.payloadMessage, 2);
}

/** What programs write about changes made to them. */
function ofChanges(writer: LineWriter): void {
  const { changes } = writer.recorder;
  for (let index = changes.length - 1; index >= 0; index -= 1) {
    const change = changes[index];
    if (change === undefined || change.at < writer.at) return;
    const s = serviceIndex(change.service);
    const instances = serviceOf(writer.state, s).instances;
    const instance = instances.find((other) => other.id === String(change.instance)) ?? instances[0];
    if (instance === undefined) continue;
    switch (change.kind) {
      case 'job': {
        const finished = change.summary.endsWith('finished');
        writer.line(s, instance, finished ? 'jobFinished' : 'jobStarted', change.summary.split(' ')[1] ?? '');
        break;
      }
      case 'cacheFlush':
        writer.line(s, instance, 'flushed', '');
        break;
      case 'logRotation':
        writer.line(s, instance, 'rotated', '');
        break;
      default:
        break;
    }
  }
}
