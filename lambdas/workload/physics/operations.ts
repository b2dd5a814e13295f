import type { Operation, OperationStatus } from '../../contract/target-api.ts';
import { describeDesired } from './describe.ts';
import { endLineage } from './grips.ts';
import { isServing, replaceInstance, restartInstance, serviceOf } from './instances.ts';
import { announce } from './operation-changes.ts';
import { takeEffect } from './operation-effects.ts';
import { refusal } from './operation-refusal.ts';
import { between, hashText } from './random.ts';
import type { Recorder } from './recorder.ts';
import { configure, deploy, startRollout } from './rollouts.ts';
import { serviceIndex, type Zone } from './services.ts';
import type { FleetState, InstanceState, OperationRecord, ServiceState } from './state.ts';

/** What an operator asks of the platform, carried out over time. A key is carried out once and never again. */
export type RequestedOperation = { readonly key: string; readonly operation: Operation; readonly at: number };

const remembered = 200;

const givesUpAfter = { instance: 300_000, service: 600_000 } as const;

/** Seconds until a timed effect is complete. */
const timed: Readonly<Partial<Record<Operation['type'], readonly [number, number]>>> = {
  rotateLogs: [5, 12],
  restoreLogs: [5, 12],
  discardLogCopies: [1, 3],
  clearTemporaryFiles: [5, 12],
  restoreTemporaryFiles: [5, 12],
  discardTemporaryCopies: [1, 3],
  flushCache: [2, 5],
  setCacheLimit: [3, 10],
  recycleConnections: [3, 10],
  pauseJob: [2, 5],
  resumeJob: [2, 5],
  quarantineMessage: [2, 8],
  releaseMessage: [2, 8],
  failOverDependency: [8, 20],
  failBackDependency: [8, 20],
  rotateCredential: [8, 20],
  setAdmittedShare: [2, 5],
  expandVolume: [25, 60],
};

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

/** Completes what is due at `at` or has come up. */
export function finishOperations(state: FleetState, at: number): void {
  for (const record of state.operations) {
    if (record.state !== 'pending') continue;
    const s = serviceIndex(record.operation.service);
    const service = serviceOf(state, s);
    const progress = progressOf(service, record, at);
    if (progress === 'waiting') continue;
    record.endedAt = at;
    if (progress !== 'complete') {
      record.state = 'failed';
      record.reason = progress.failed;
      record.before = {};
      continue;
    }
    if (timed[record.operation.type] !== undefined) takeEffect(state, s, record.operation, at);
    record.state = 'done';
    const after = describeDesired(service);
    const before: Record<string, unknown> = record.before;
    const changed = Object.entries(after).filter(
      ([field, value]) => !same(before[field], value) && touches(record.operation, field),
    );
    record.before = Object.fromEntries(
      Object.entries(record.before).filter(([field]) => changed.some(([name]) => name === field)),
    );
    record.after = Object.fromEntries(changed);
  }
}

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

/** Fields of desired configuration that an operation may change; others changed for other reasons meanwhile. */
const touched: Readonly<Partial<Record<Operation['type'], string>>> = {
  setInstanceCount: 'instanceCount',
  deployVersion: 'version',
  applyConfig: 'configRevision',
  setCacheLimit: 'cacheLimitMegabytes',
  expandVolume: 'volumeGigabytes',
  setAdmittedShare: 'admittedShare',
  pauseJob: 'pausedJobs',
  resumeJob: 'pausedJobs',
  drainZone: 'drainedZones',
  restoreZone: 'drainedZones',
  failOverDependency: 'failedOverDependencies',
  failBackDependency: 'failedOverDependencies',
  rotateCredential: 'credential',
  quarantineMessage: 'quarantinedMessages',
  releaseMessage: 'quarantinedMessages',
};

const touches = (operation: Operation, field: string): boolean => touched[operation.type] === field;

type Progress = 'waiting' | 'complete' | { readonly failed: string };

function progressOf(service: ServiceState, record: OperationRecord, at: number): Progress {
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

export function statusOf(record: OperationRecord): OperationStatus {
  switch (record.state) {
    case 'pending':
      return { state: 'pending', key: record.key };
    case 'done':
      return {
        state: 'done',
        key: record.key,
        endedAt: record.endedAt,
        before: { ...record.before },
        after: { ...record.after },
      };
    case 'failed':
      return { state: 'failed', key: record.key, endedAt: record.endedAt, reason: record.reason };
  }
}
