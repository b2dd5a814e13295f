import type { OperationStatus, TargetRequest, Topology } from '../contract/target-api.ts';
import { describeFleet, type FleetState } from './fleet.ts';
import type { RequestedOperation } from './physics/begin-operations.ts';
import { statusOf } from './physics/operation-status.ts';

export type OperationStore = {
  /** Files a request for the simulation to pick up; with a key that was filed before it changes nothing. */
  request(request: RequestedOperation): Promise<void>;
  /** Requests that the simulation has not begun yet. */
  waiting(): Promise<readonly RequestedOperation[]>;
  /** Called once the simulation has saved a state that knows them. */
  begun(requests: readonly RequestedOperation[]): Promise<void>;
};

export type OperateTools = {
  readonly operations: Pick<OperationStore, 'request'>;
  /** The saved shop, or null before its first step. */
  loadState(): Promise<FleetState | null>;
  /** Epoch milliseconds. */
  now(): number;
};

/** The shop's platform API: what an operator sees and may ask for. Of faults it knows nothing. */
export const operateFleet =
  ({ operations, loadState, now }: OperateTools) =>
  async (request: TargetRequest): Promise<Topology | OperationStatus> => {
    const state = await loadState();
    if (request.action === 'describe') {
      return state === null ? { at: now(), zones: [], services: [] } : describeFleet(state);
    }
    const { key, operation } = request;
    const known = state?.operations.find((record) => record.key === key);
    if (known !== undefined) return statusOf(known);
    await operations.request({ key, operation, at: now() });
    return { state: 'pending', key };
  };
