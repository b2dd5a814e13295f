import { isServing } from './instances.ts';
import type { InstanceState, OperationRecord, ServiceState } from './state.ts';

type Progress = 'waiting' | 'complete' | { readonly failed: string };

/** Whether what was asked for is there at `at`, may still come, or is given up. */
export function progressOf(service: ServiceState, record: OperationRecord, at: number): Progress {
  const { operation } = record;
  const late = at >= record.dueAt;
  const orLate = (complete: boolean, failed: string): Progress =>
    complete ? 'complete' : late ? { failed } : 'waiting';
  const running = (instance: InstanceState) => instance.phase === 'running';
  switch (operation.type) {
    case 'restartInstance':
    case 'replaceInstance': {
      const instance = service.instances.find((other) => other.id === operation.instance);
      if (instance === undefined) return { failed: `${operation.instance} was taken out of service meanwhile` };
      return orLate(running(instance) && instance.process >= record.awaited, `${operation.instance} did not come up`);
    }
    case 'restartService':
      return orLate(
        !service.rollouts.some((rollout) => rollout.target === record.key) && service.instances.some(running),
        `${service.name} did not come up`,
      );
    case 'setInstanceCount':
    case 'drainZone':
    case 'restoreZone': {
      const serving = service.instances.filter((instance) => isServing(service, instance)).length;
      const left = service.instances.some(
        (instance) => instance.phase !== 'stopping' && service.drainedZones.includes(instance.zone),
      );
      return orLate(
        serving === service.instanceCount && !left,
        `${service.name} did not reach ${service.instanceCount} instances`,
      );
    }
    case 'deployVersion':
      return orLate(
        !service.rollouts.some((rollout) => rollout.kind === 'version') &&
          (service.version !== operation.version || service.instances.every(running)),
        `${service.name} did not come up with version ${operation.version}`,
      );
    case 'applyConfig':
      return orLate(
        !service.rollouts.some((rollout) => rollout.kind === 'config') &&
          (service.revision !== operation.revision || service.instances.every(running)),
        `${service.name} did not come up with configuration ${operation.revision}`,
      );
    default:
      return late ? 'complete' : 'waiting';
  }
}
