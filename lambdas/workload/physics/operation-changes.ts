import type { Operation } from '../../contract/target-api.ts';
import { serviceOf } from './instances.ts';
import type { Recorder } from './recorder.ts';
import type { FleetState } from './state.ts';

/** The platform's change log tells what an operator did; roll-outs tell it themselves. */
export function announce(
  state: FleetState,
  s: number,
  operation: Operation,
  at: number,
  recorder: Recorder,
  salt: number,
): void {
  const service = serviceOf(state, s);
  switch (operation.type) {
    case 'deployVersion':
    case 'applyConfig':
      return;
    case 'setInstanceCount':
      recorder.change(
        at,
        s,
        {
          kind: 'scaling',
          actor: 'operator',
          from: String(service.instanceCount),
          to: String(operation.count),
          summary: `scale ${service.name} from ${service.instanceCount} to ${operation.count} instances`,
        },
        salt,
      );
      return;
    case 'restartInstance':
    case 'replaceInstance':
      recorder.change(
        at,
        s,
        {
          kind: 'restart',
          actor: 'operator',
          instance: operation.instance,
          summary: `${operation.type === 'restartInstance' ? 'restart' : 'replace'} ${operation.instance}`,
        },
        salt,
      );
      return;
    case 'restartService':
      recorder.change(
        at,
        s,
        { kind: 'restart', actor: 'operator', summary: `rolling restart of ${service.name}` },
        salt,
      );
      return;
    case 'flushCache':
      recorder.change(
        at,
        s,
        { kind: 'cacheFlush', actor: 'operator', summary: `flush the cache of ${service.name}` },
        salt,
      );
      return;
    case 'rotateLogs':
      recorder.change(
        at,
        s,
        { kind: 'logRotation', actor: 'operator', summary: `rotate logs of ${service.name}` },
        salt,
      );
      return;
    default:
      recorder.change(at, s, { kind: 'operation', actor: 'operator', summary: summaryOf(operation) }, salt);
  }
}

/** `pauseJob on search (job price-import)`. */
function summaryOf(operation: Operation): string {
  const details = Object.entries(operation)
    .filter(([field]) => field !== 'type' && field !== 'service')
    .map(([field, value]) => `${field} ${String(value)}`);
  return `${operation.type} on ${operation.service}${details.length > 0 ? ` (${details.join(', ')})` : ''}`;
}
