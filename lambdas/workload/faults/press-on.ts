import type { InstanceLoad } from '../physics/loads.ts';
import type { ActiveFault, Wording } from './definition.ts';

type Perturbation = ActiveFault['definition']['perturbations'][number];

/** Two independent causes of failure together. */
const joined = (before: number, more: number): number => 1 - (1 - before) * (1 - Math.min(1, more));

function pressErrors(load: InstanceLoad, wording: Wording, share: number): void {
  switch (wording) {
    case 'exception':
      load.exceptionShare = joined(load.exceptionShare, share);
      return;
    case 'setting':
      load.settingShare = joined(load.settingShare, share);
      return;
    case 'hardware':
      load.hardwareShare = joined(load.hardwareShare, share);
      return;
    case 'flag':
      load.flagShare = joined(load.flagShare, share);
      return;
    case 'backend':
      load.backendShare = joined(load.backendShare, share);
      return;
  }
}

/** One perturbation's part in the load of one instance; `share` is that of the merchants that it meets, 0 to 1. */
export function pressOn(load: InstanceLoad, perturbation: Perturbation, amount: number, share: number): void {
  switch (perturbation.parameter) {
    case 'cpuPerRequest':
      load.cpuPerRequest += amount * share;
      return;
    case 'backgroundCpu':
      load.backgroundCpu += amount;
      return;
    case 'cpuSteal':
      load.cpuSteal = joined(load.cpuSteal, amount);
      return;
    case 'memoryLeak':
      load.memoryLeak += amount * share;
      return;
    case 'cacheGrowth':
      load.cacheGrowth += amount * share;
      return;
    case 'logWriteRate':
      load.logWriteRate += amount;
      return;
    case 'temporaryWriteRate':
      load.temporaryWriteRate += amount;
      return;
    case 'dataAdded':
      load.dataAdded += amount;
      return;
    case 'errorShare':
      pressErrors(load, perturbation.wording ?? 'exception', amount * share);
      return;
    case 'addedLatency':
      load.addedLatency += amount * share;
      return;
    case 'connectionLeak':
      load.connectionLeak += amount;
      return;
    case 'crashRate':
      load.crashRate += amount;
      return;
    case 'startFailure':
      load.startFailure = joined(load.startFailure, amount);
      return;
    case 'unavailable':
      load.unavailable = joined(load.unavailable, amount);
      return;
    case 'packetLoss':
      load.packetLoss = joined(load.packetLoss, amount);
      return;
    case 'credentialRejected':
      load.credentialRejected = joined(load.credentialRejected, amount * share);
      return;
    case 'cacheLoss':
      load.cacheLoss = joined(load.cacheLoss, amount);
      return;
    case 'payloadMemory':
    case 'queueBlocked':
    case 'addedDemand':
      return;
  }
}
