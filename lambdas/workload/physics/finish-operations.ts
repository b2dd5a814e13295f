import type { Operation } from '../../contract/target-api.ts';
import { describeDesired } from './describe.ts';
import { serviceOf } from './instances.ts';
import { takeEffect } from './operation-effects.ts';
import { progressOf } from './operation-progress.ts';
import { timed } from './operation-timing.ts';
import { serviceIndex } from './services.ts';
import type { FleetState } from './state.ts';

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
