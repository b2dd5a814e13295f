import type { Operation } from '../../contract/target-api.ts';
import { designs } from './designs.ts';
import { serviceIndex, zones } from './services.ts';
import type { ServiceState } from './state.ts';

/** Why an operation cannot be carried out, or null. */

export function refusal(service: ServiceState, s: number, operation: Operation): string | null {
  const design = designs[s];
  switch (operation.type) {
    case 'deployVersion':
      return service.version === operation.version || service.previousVersions.includes(operation.version)
        ? null
        : `${service.name} never ran version ${operation.version}`;
    case 'applyConfig':
      return service.revision === operation.revision || service.previousRevisions.includes(operation.revision)
        ? null
        : `${service.name} never had configuration ${operation.revision}`;
    case 'pauseJob':
    case 'resumeJob':
      return design?.jobs.some((job) => job.name === operation.job) === true
        ? null
        : `${service.name} has no job ${operation.job}`;
    case 'flushCache':
    case 'setCacheLimit':
      return design?.cache == null ? `${service.name} has no cache` : null;
    case 'recycleConnections':
      return design?.poolSize === 0 ? `${service.name} has no connection pool` : null;
    case 'quarantineMessage':
    case 'releaseMessage':
      return design?.kind === 'worker' ? null : `${service.name} takes no messages from a queue`;
    case 'failOverDependency':
    case 'failBackDependency': {
      if (design?.calls.some((call) => call.to === operation.dependency) !== true) {
        return `${service.name} does not call ${operation.dependency}`;
      }
      const standby = designs[serviceIndex(operation.dependency)]?.hasStandby === true;
      return standby ? null : `${operation.dependency} has no standby`;
    }
    case 'drainZone':
      if (!zones.some((zone) => zone === operation.zone)) return `there is no zone ${operation.zone}`;
      if (service.drainedZones.some((zone) => zone === operation.zone))
        return `zone ${operation.zone} is drained already`;
      return service.drainedZones.length + 1 >= zones.length ? `zone ${operation.zone} is the last one in use` : null;
    case 'restoreZone':
      return zones.some((zone) => zone === operation.zone) ? null : `there is no zone ${operation.zone}`;
    default:
      return null;
  }
}
