import type { InstanceLoad } from '../physics/loads.ts';
import type { ActiveFault } from './definition.ts';

type Perturbation = ActiveFault['definition']['perturbations'][number];

/** Two independent causes of failure together. */
const joined = (before: number, more: number): number => 1 - (1 - before) * (1 - Math.min(1, more));

/** One perturbation's part in the load of one instance; `share` is that of the merchants that it meets, 0 to 1. */
export function pressOn(load: InstanceLoad, perturbation: Perturbation, amount: number, share: number): void {
  const { parameter, wording = 'exception' } = perturbation;
  switch (parameter) {
    case 'cpuPerRequest':
    case 'memoryLeak':
    case 'cacheGrowth':
    case 'addedLatency':
      load[parameter] += amount * share;
      return;
    case 'backgroundCpu':
    case 'logWriteRate':
    case 'temporaryWriteRate':
    case 'dataAdded':
    case 'connectionLeak':
    case 'crashRate':
      load[parameter] += amount;
      return;
    case 'cpuSteal':
    case 'startFailure':
    case 'unavailable':
    case 'packetLoss':
    case 'cacheLoss':
      load[parameter] = joined(load[parameter], amount);
      return;
    case 'credentialRejected':
      load.credentialRejected = joined(load.credentialRejected, amount * share);
      return;
    case 'errorShare': {
      const worded = `${wording}Share` as const;
      load[worded] = joined(load[worded], amount * share);
      return;
    }
    // Of the service or its queue, not of an instance.
    case 'payloadMemory':
    case 'queueBlocked':
    case 'addedDemand':
      return;
  }
}
