import type { Operation } from '../../contract/target-api.ts';
import { serviceOf } from './instances.ts';
import type { Recorder } from './recorder.ts';
import type { FleetState, ServiceState } from './state.ts';

/** The platform's change log tells what an operator did; roll-outs tell it themselves. */
export function announce(
  state: FleetState,
  s: number,
  operation: Operation,
  at: number,
  recorder: Recorder,
  salt: number,
): void {
  const change = changeBy(operation, serviceOf(state, s));
  if (change !== null) recorder.change(at, s, { ...change, actor: 'operator' }, salt);
}

type Told = Omit<Parameters<Recorder['change']>[2], 'actor'>;

function changeBy(operation: Operation, { name, instanceCount }: ServiceState): Told | null {
  switch (operation.type) {
    case 'deployVersion':
    case 'applyConfig':
      return null;
    case 'setInstanceCount':
      return {
        kind: 'scaling',
        from: String(instanceCount),
        to: String(operation.count),
        summary: `scale ${name} from ${instanceCount} to ${operation.count} instances`,
      };
    case 'restartInstance':
    case 'replaceInstance': {
      const { instance } = operation;
      const verb = operation.type === 'restartInstance' ? 'restart' : 'replace';
      return { kind: 'restart', instance, summary: `${verb} ${instance}` };
    }
    case 'restartService':
      return { kind: 'restart', summary: `rolling restart of ${name}` };
    case 'flushCache':
      return { kind: 'cacheFlush', summary: `flush the cache of ${name}` };
    case 'rotateLogs':
      return { kind: 'logRotation', summary: `rotate logs of ${name}` };
    default:
      return { kind: 'operation', summary: summaryOf(operation) };
  }
}

/** `pauseJob on search (job price-import)`. */
function summaryOf(operation: Operation): string {
  const details = Object.entries(operation)
    .filter(([field]) => field !== 'type' && field !== 'service')
    .map(([field, value]) => `${field} ${String(value)}`);
  return `${operation.type} on ${operation.service}${details.length > 0 ? ` (${details.join(', ')})` : ''}`;
}
