import type { InstanceLoad } from './loads.ts';
import { waitFactor } from './queueing.ts';
import { hashText } from './random.ts';
import type { ServiceDesign } from './service-design.ts';
import { type InstanceState, type ServiceState, subStepSeconds } from './state.ts';

const codeFactors = new Map<string, number>();

/** Versions differ a little in what a request costs: within 3%. */
function codeFactor(version: string): number {
  let factor = codeFactors.get(version);
  if (factor === undefined) {
    factor = 0.97 + ((hashText(version) % 1000) / 1000) * 0.06;
    if (codeFactors.size > 5000) codeFactors.clear();
    codeFactors.set(version, factor);
  }
  return factor;
}

/** Processor, waiting and own errors of one instance. */
export function serve(
  design: ServiceDesign,
  service: ServiceState,
  instance: InstanceState,
  pressed: InstanceLoad,
): void {
  const cache = design.cache;
  let missCost = 0;
  if (cache !== null) {
    const limit = service.cacheLimitMegabytes;
    const room = limit === null ? 1 : Math.min(1, limit / cache.megabytes) ** 0.4;
    pressed.hit = cache.hitShare * instance.cacheWarmth * (1 - pressed.cacheLoss) * room;
    missCost = 1 - pressed.hit;
  }
  const contention = 1 / (1 + pressed.backgroundCpu);
  const available = Math.max(0.05, contention * (1 - pressed.cpuSteal) * (1 - instance.gcShare));
  const cold = 1 + 0.5 * (1 - instance.warmth);
  const cpu =
    design.cpuMillisecondsPerRequest *
    codeFactor(instance.version) *
    cold *
    (1 + pressed.cpuPerRequest) *
    (cache === null ? 1 : 0.8 + missCost * 2);
  const capacity = (design.cores * available * 1000) / cpu;
  // What is refused at the door costs the process nothing and is not counted by it.
  const arrivals = pressed.arrivals * (1 - pressed.unavailable);
  const waiting = instance.backlog + arrivals * subStepSeconds;
  const room = capacity * 3;
  const done = Math.min(waiting, capacity * subStepSeconds);
  const left = waiting - done;
  instance.backlog = left < 0.5 ? 0 : Math.min(left, room);
  pressed.rejected = left > room && arrivals > 0 ? Math.min(1, (left - room) / (arrivals * subStepSeconds)) : 0;
  pressed.processed = done / subStepSeconds;
  const utilisation = Math.min(0.97, arrivals / capacity);
  const service_ = cpu / available;
  const queued = service_ * waitFactor(utilisation, design.cores) + (instance.backlog / capacity) * 1000;
  const missMean = cache === null ? 0 : missCost * cache.missMilliseconds;
  const missVariance = cache === null ? 0 : missCost * (1 - missCost) * cache.missMilliseconds ** 2;
  const pause = instance.gcPause;
  pressed.mean =
    design.baseMilliseconds + service_ + queued + missMean + instance.gcShare * pause + pressed.addedLatency;
  pressed.variance =
    0.2 * design.baseMilliseconds ** 2 +
    0.4 * service_ ** 2 +
    queued * queued +
    missVariance +
    instance.gcShare * pause * pause +
    0.25 * pressed.addedLatency ** 2;
  if (pressed.packetLoss > 0) {
    // Half of the callers sit in the other zone; a lost packet costs a retransmission time-out or two.
    const lost = 0.5 * pressed.packetLoss;
    pressed.mean += lost * 1500;
    pressed.variance += lost * (1 - lost) * 1500 ** 2 + lost * 700 ** 2;
  }
  const sound =
    (1 - pressed.exceptionShare) *
    (1 - pressed.settingShare) *
    (1 - pressed.hardwareShare) *
    (1 - pressed.backendShare) *
    (1 - pressed.flagShare) *
    (1 - pressed.credentialRejected) *
    (1 - pressed.unavailable) *
    (1 - pressed.rejected) *
    (1 - 0.5 * pressed.diskFull) *
    (1 - 0.12 * pressed.heapFull) *
    (1 - 0.12 * pressed.packetLoss);
  pressed.failed = 1 - sound * (1 - ordinaryErrorShare(design));
  pressed.cpu = Math.min(
    1,
    ((pressed.processed * cpu) / (design.cores * 1000)) * (1 - pressed.cpuSteal) +
      Math.min(1, pressed.backgroundCpu) +
      pressed.cpuSteal +
      instance.gcShare +
      0.03 +
      0.25 * (1 - instance.warmth) * Math.max(0, instance.warmth < 0.9 ? 0.6 : 0),
  );
}

const ordinaryErrorShare = (design: ServiceDesign): number => (design.kind === 'database' ? 0.0001 : 0.0004);
