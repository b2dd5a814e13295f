import type { Operation, OperationStatus } from '../domain/topology/operation.ts';
import type { Topology } from '../domain/topology/topology.ts';

/** The watched workload's control surface, as its platform offers it. */
export type Target = {
  describe(): Promise<Topology>;
  /** Begins the operation, or tells how far the one with this key has come; never does it twice. */
  operate(request: { readonly key: string; readonly operation: Operation }): Promise<OperationStatus>;
};
