import { memoryTelemetry } from '../../lambdas/adapters/memory/telemetry.ts';
import { defaultFalseAlarmsPerMonth } from '../../lambdas/domain/detectors/surprise/calibration.ts';
import type { ActiveFault } from '../../lambdas/workload/faults/definition.ts';
import type { FleetState, Truth } from '../../lambdas/workload/fleet.ts';
import { type FleetWorld, fleetWorld } from './fleet-world.ts';
import { type Responder, type ResponderOptions, responder } from './responder.ts';
import { passOffset, seriesInShard, settlingSeconds } from './rhythm.ts';
import type { MachineDefinition } from './synthesise-machine.ts';
import { installVirtualClock } from './virtual-clock.ts';
import { virtualOperator } from './virtual-operator.ts';
import { warmUp } from './warm-up.ts';

export type VirtualWorld = {
  readonly responder: Responder;
  readonly fleet: FleetWorld;
  now(): number;
  inject(fault: ActiveFault): void;
  /** One period: the fleet moves, detection looks, the machine and its people go on. */
  step(): Promise<Truth>;
  dispose(): void;
};

export type WorldOptions = {
  readonly definition: MachineDefinition;
  readonly seed: number;
  /** When the run begins, epoch milliseconds, a multiple of the step. */
  readonly at: number;
  readonly stepSeconds: number;
} & Pick<ResponderOptions, 'instead'> & {
    /** Puts something between the responder and the shop's platform. */
    readonly wrapTarget?: (fleet: FleetWorld) => ResponderOptions['target'];
  };

/**
 * A shop with a day's past, the responder watching it, and the clock of both.
 * Takes over the timers of the thread until it is disposed of: one at a time.
 */
export const virtualWorld = async (options: WorldOptions): Promise<VirtualWorld> => {
  const { definition, seed, at, stepSeconds } = options;
  const telemetry = memoryTelemetry();
  const past: FleetState = warmUp(seed, at, stepSeconds, telemetry);
  const clock = installVirtualClock(at);
  const fleet = fleetWorld(past, telemetry, clock);
  const watching = responder({
    clock,
    telemetry,
    target: options.wrapTarget?.(fleet) ?? fleet.target,
    definition,
    settings: {
      scanIntervalSeconds: stepSeconds,
      settlingSeconds,
      seriesInShard,
      falseAlarmsPerMonth: defaultFalseAlarmsPerMonth,
      objectives: [],
    },
    ...(options.instead === undefined ? {} : { instead: options.instead }),
  });
  const operator = virtualOperator(watching, clock);
  const scanner = { codeVersion: 'virtual', invocation: `seed ${seed}` };
  const busy = () => watching.orchestrator.running() > 0;

  const step = async (): Promise<Truth> => {
    const to = fleet.state().at + stepSeconds * 1000;
    await clock.advance(to, busy());
    fleet.step(to);
    await clock.advance(to + passOffset, busy());
    await watching.detect(scanner, false);
    if (busy()) {
      await operator();
      await clock.settle();
    }
    const truth = fleet.truth();
    if (truth === null) throw new Error('the fleet has not moved');
    return truth;
  };

  return {
    responder: watching,
    fleet,
    now: clock.now,
    inject: fleet.inject,
    step,
    dispose: () => {
      watching.orchestrator.stop();
      clock.uninstall();
    },
  };
};
