import type { Operation } from '../../contract/target-api.ts';
import { describeDesired } from './describe.ts';
import { endLineage } from './grips.ts';
import { replaceInstance, restartInstance } from './instances.ts';
import { announce } from './operation-changes.ts';
import { refusal } from './operation-refusal.ts';
import { timed } from './operation-timing.ts';
import { between, hashText } from './random.ts';
import type { Recorder } from './recorder.ts';
import { configure, deploy, startRollout } from './rollouts.ts';
import { serviceIndex, type Zone } from './services.ts';
import type { FleetState, OperationRecord } from './state.ts';

/** What an operator asks of the platform, carried out over time. A key is carried out once and never again. */
export type RequestedOperation = { readonly key: string; readonly operation: Operation; readonly at: number };

const remembered = 200;

const givesUpAfter = { instance: 300_000, service: 600_000 } as const;

/** Begins what was asked for and is not known yet. */
export function beginOperations(
  state: FleetState,
  requested: readonly RequestedOperation[],
  at: number,
  recorder: Recorder,
): void {
  for (const request of requested) {
    if (request.at >= at + 5000 || state.operations.some((record) => record.key === request.key)) continue;
    if (request.at <= state.operationsForgottenBefore) continue;
    const record = begin(state, request, at, recorder);
    state.operations.push(record);
  }
  while (state.operations.length > remembered) {
    const oldest = state.operations.findIndex((record) => record.state !== 'pending');
    if (oldest < 0) break;
    const [dropped] = state.operations.splice(oldest, 1);
    if (dropped !== undefined) {
      state.operationsForgottenBefore = Math.max(state.operationsForgottenBefore, dropped.requestedAt);
    }
  }
}

function begin(state: FleetState, request: RequestedOperation, at: number, recorder: Recorder): OperationRecord {
  const { operation, key } = request;
  const record: OperationRecord = {
    key,
    operation,
    requestedAt: request.at,
    state: 'pending',
    dueAt: at,
    awaited: 0,
    endedAt: 0,
    reason: '',
    before: {},
    after: {},
  };
  const refuse = (reason: string): OperationRecord => ({ ...record, state: 'failed', endedAt: at, reason });
  const s = serviceIndex(operation.service);
  const service = state.services[s];
  if (service === undefined) return refuse(`there is no service ${operation.service}`);
  const refused = refusal(service, s, operation);
  if (refused !== null) return refuse(refused);

  record.before = { ...describeDesired(service) };
  const salt = hashText(key);
  const range = timed[operation.type];
  if (range !== undefined) {
    record.dueAt = at + Math.ceil(between(range[0], range[1], state.seed, s, salt, 91) / 5) * 5000;
  }
  announce(state, s, operation, at, recorder, salt);
  switch (operation.type) {
    case 'restartInstance':
    case 'replaceInstance': {
      const instance = service.instances.find((other) => other.id === operation.instance);
      if (instance === undefined) return refuse(`there is no instance ${operation.instance}`);
      record.awaited = instance.process + 1;
      record.dueAt = at + givesUpAfter.instance;
      if (operation.type === 'restartInstance') restartInstance(state, s, instance, at);
      else replaceInstance(state, s, instance, at);
      break;
    }
    case 'restartService':
      record.awaited = salt % 1_000_000;
      record.dueAt = at + givesUpAfter.service;
      startRollout(service, 'restart', key);
      break;
    case 'setInstanceCount':
      record.dueAt = at + givesUpAfter.service;
      service.instanceCount = operation.count;
      // What an operator set is not taken back by the platform for an hour.
      service.scaledAt = at;
      service.heldUntil = at + 3_600_000;
      break;
    case 'deployVersion':
      record.dueAt = at + givesUpAfter.service;
      endLineage(state, s, 'version', operation.version);
      if (service.version === operation.version) startRollout(service, 'version', operation.version);
      else deploy(state, s, operation.version, at, 'operator', recorder);
      break;
    case 'applyConfig':
      record.dueAt = at + givesUpAfter.service;
      endLineage(state, s, 'config', operation.revision);
      if (service.revision === operation.revision) startRollout(service, 'config', operation.revision);
      else configure(state, s, operation.revision, at, 'operator', recorder);
      break;
    case 'drainZone':
      record.dueAt = at + givesUpAfter.service;
      service.drainedZones = [...service.drainedZones, asZone(operation.zone)];
      break;
    case 'restoreZone':
      record.dueAt = at + givesUpAfter.service;
      service.drainedZones = service.drainedZones.filter((zone) => zone !== operation.zone);
      break;
    default:
      break;
  }
  return record;
}

const asZone = (zone: string): Zone => (zone === 'a' ? 'a' : 'b');
