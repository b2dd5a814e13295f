import type { Operation } from '../../../lambdas/contract/target-api.ts';
import { operationSchema } from '../../../lambdas/contract/target-api.ts';
import type { ActiveFault, FaultDefinition } from '../../../lambdas/workload/faults/definition.ts';
import { drawFault } from '../../../lambdas/workload/faults/draw-fault.ts';
import { loadCatalogue } from '../../../lambdas/workload/faults/load-catalogue.ts';
import {
  type Advanced,
  advance,
  type FleetInputs,
  type FleetState,
  initialFleet,
  type PublishExtent,
} from '../../../lambdas/workload/fleet.ts';
import { designs } from '../../../lambdas/workload/physics/designs.ts';

export const catalogue = loadCatalogue();
export const tuesdayMorning = Date.UTC(2026, 9, 6, 10, 0, 0);
export const idle: FleetInputs = { faults: [], operations: [] };
export const minutes = (count: number): number => count * 60_000;

export const fleetAt = (at = tuesdayMorning, seed = 3): FleetState => initialFleet({ seed, at });

/** Advances by so many minutes in steps of 10 s until `stop` says so; the last result. */
export function run(
  state: FleetState,
  lengthMinutes: number,
  inputs: FleetInputs,
  stop: (advanced: Advanced) => boolean = () => false,
  extent: PublishExtent = 'changes',
): Advanced {
  const end = state.at + minutes(lengthMinutes);
  let last = advance(state, state.at + 10_000, inputs, extent);
  while (last.state.at < end && !stop(last)) last = advance(last.state, last.state.at + 10_000, inputs, extent);
  return last;
}

export function faultOf(
  definition: FaultDefinition,
  state: FleetState,
  choices: { readonly service?: string; readonly severity?: number; readonly seed?: number } = {},
): ActiveFault {
  return drawFault(
    {
      kind: definition.kind,
      cause: definition.cause,
      service: choices.service ?? definition.services[0],
      severity: choices.severity ?? 0.8,
      seed: choices.seed ?? 7,
      id: 'fault-under-test',
      startedAt: state.at + 5000,
    },
    [definition],
  );
}

export const definitionOf = (cause: string): FaultDefinition => {
  const found = catalogue.find((definition) => definition.cause === cause);
  if (found === undefined) throw new Error(`no cause ${cause}`);
  return found;
};

/** What a person who knows everything would do about the fault at work. */
export function cureFor(fault: ActiveFault, state: FleetState): readonly Operation[] {
  const { service } = fault;
  const present = state.services.find((other) => other.name === service);
  const grip = state.grips[0];
  if (present === undefined || grip === undefined) throw new Error('the fault is not at work');
  const token = grip.tokens[0] ?? '';
  const instance = Object.keys(grip.held)[0] ?? '';
  const callers = designs.filter((design) => design.calls.some((call) => call.to === service));
  const cures = (): readonly object[] => {
    switch (fault.definition.carrier) {
      case 'process':
        return fault.definition.scope === 'one'
          ? [{ type: 'restartInstance', service, instance }]
          : [{ type: 'restartService', service }];
      case 'host':
        return [{ type: 'replaceInstance', service, instance }];
      case 'version':
        return [{ type: 'deployVersion', service, version: present.previousVersions[0] }];
      case 'config':
        return [{ type: 'applyConfig', service, revision: present.previousRevisions[0] }];
      case 'traffic':
        return [{ type: 'setInstanceCount', service, count: 12 }];
      case 'job':
        return [{ type: 'pauseJob', service, job: token }];
      case 'logFiles':
        return [{ type: 'rotateLogs', service }];
      case 'temporaryFiles':
        return [{ type: 'clearTemporaryFiles', service }];
      case 'data':
        return [{ type: 'expandVolume', service, gigabytes: 200 }];
      case 'credential':
        return [{ type: 'rotateCredential', service }];
      case 'message':
        return [{ type: 'quarantineMessage', service, message: token }];
      case 'link':
        return [{ type: 'drainZone', service, zone: token }];
      case 'primary':
        return callers.map((caller) => ({ type: 'failOverDependency', service: caller.name, dependency: service }));
      case 'cache':
        return [{ type: 'flushCache', service }];
      case 'cacheLimit':
        return [{ type: 'setCacheLimit', service, megabytes: 150 }];
      case 'connections':
        return [{ type: 'recycleConnections', service }];
    }
  };
  return cures().map((cure) => operationSchema.parse(cure));
}

export const requested = (operations: readonly Operation[], at: number): FleetInputs['operations'] =>
  operations.map((operation, index) => ({ key: `act-${index}`, operation, at }));
