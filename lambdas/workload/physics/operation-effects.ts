import type { Operation } from '../../contract/target-api.ts';
import { designs } from './designs.ts';
import { releaseFiles } from './grips.ts';
import { serviceOf } from './instances.ts';
import { hexadecimal } from './random.ts';
import { type ShopService, serviceIndex } from './services.ts';
import type { FleetState } from './state.ts';

/** The effect of an operation that takes a known time, at its end. */
export function takeEffect(state: FleetState, s: number, operation: Operation, at: number): void {
  const service = serviceOf(state, s);
  switch (operation.type) {
    case 'rotateLogs':
      for (const instance of service.instances) {
        // Compressed copies are shipped off the volume and kept aside.
        service.archivedLogGigabytes += (instance.logGigabytes + instance.floodLogGigabytes) / service.instances.length;
        instance.logGigabytes *= 0.08;
        instance.floodLogGigabytes *= 0.04;
      }
      releaseFiles(state, s, 'logFiles');
      return;
    case 'restoreLogs':
      for (const instance of service.instances) instance.logGigabytes += service.archivedLogGigabytes;
      service.archivedLogGigabytes = 0;
      return;
    case 'discardLogCopies':
      service.archivedLogGigabytes = 0;
      return;
    case 'clearTemporaryFiles':
      for (const instance of service.instances) {
        service.archivedTemporaryGigabytes +=
          (instance.temporaryGigabytes + instance.floodTemporaryGigabytes) / service.instances.length;
        instance.temporaryGigabytes = 0.1;
        instance.floodTemporaryGigabytes = 0;
      }
      releaseFiles(state, s, 'temporaryFiles');
      return;
    case 'restoreTemporaryFiles':
      for (const instance of service.instances) instance.temporaryGigabytes += service.archivedTemporaryGigabytes;
      service.archivedTemporaryGigabytes = 0;
      return;
    case 'discardTemporaryCopies':
      service.archivedTemporaryGigabytes = 0;
      return;
    case 'flushCache':
      for (const instance of service.instances) {
        instance.cacheGeneration += 1;
        instance.cacheWarmth = 0.1;
        instance.cacheMegabytes = 0;
      }
      return;
    case 'setCacheLimit':
      service.cacheLimitMegabytes = operation.megabytes;
      for (const instance of service.instances) {
        if (operation.megabytes !== null) {
          instance.cacheMegabytes = Math.min(instance.cacheMegabytes, operation.megabytes);
        }
      }
      return;
    case 'recycleConnections':
      for (const instance of service.instances) {
        instance.poolGeneration += 1;
        instance.leakedConnections = 0;
      }
      return;
    case 'pauseJob':
      if (!service.pausedJobs.includes(operation.job)) service.pausedJobs = [...service.pausedJobs, operation.job];
      return;
    case 'resumeJob':
      service.pausedJobs = service.pausedJobs.filter((job) => job !== operation.job);
      return;
    case 'quarantineMessage':
      if (!service.quarantined.includes(operation.message)) {
        service.quarantined = [...service.quarantined, operation.message];
      }
      return;
    case 'releaseMessage':
      service.quarantined = service.quarantined.filter((message) => message !== operation.message);
      return;
    case 'failOverDependency':
      service.failedOver = withService(service.failedOver, operation.dependency);
      return;
    case 'failBackDependency':
      service.failedOver = service.failedOver.filter((name) => name !== String(operation.dependency));
      return;
    case 'rotateCredential':
      service.credential = credentialAt(state.seed, s, at);
      return;
    case 'setAdmittedShare':
      service.admittedShare = operation.share;
      return;
    case 'expandVolume':
      service.volumeGigabytes += operation.gigabytes;
      return;
    default:
      return;
  }
}

function withService(list: readonly ShopService[], name: string): ShopService[] {
  const design = designs[serviceIndex(name)];
  return design === undefined || list.includes(design.name) ? [...list] : [...list, design.name];
}

export const credentialAt = (seed: number, s: number, at: number): string =>
  `key-${hexadecimal(6, seed, s, at / 5000, 33)}`;
