import type { OperationStatus } from '../../contract/target-api.ts';
import type { OperationRecord } from './state.ts';

/** What an operator is told of it. */
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
