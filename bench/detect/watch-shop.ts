import { manualClock } from '../../lambdas/adapters/memory/clock.ts';
import { memoryTelemetry } from '../../lambdas/adapters/memory/telemetry.ts';
import { defaultFalseAlarmsPerMonth } from '../../lambdas/domain/detectors/surprise/calibration.ts';
import type { Incident } from '../../lambdas/domain/incident/incident.ts';
import type { Topology } from '../../lambdas/domain/topology/topology.ts';
import { truthOf } from '../../lambdas/workload/faults/definition.ts';
import { fleetWorld } from '../../scripts/scenario/fleet-world.ts';
import { watcher } from '../../scripts/scenario/responder.ts';
import { passOffset, seriesInShard, settlingSeconds } from '../../scripts/scenario/rhythm.ts';
import type { ScenarioPlan } from '../../scripts/scenario/scenario-plan.ts';
import { warmUp } from '../../scripts/scenario/warm-up.ts';

/** What detection made of one run in which nobody mends anything. Times are epoch milliseconds. */
export type WatchedRun = {
  readonly plan: ScenarioPlan;
  readonly topology: Topology;
  /** Oldest first. */
  readonly incidents: readonly Incident[];
  /** End of the first step in which the shop hurt, by its own truth, after the first fault; null for never. */
  readonly hurtAt: number | null;
};

/** Once all faults are named, more incidents about them may still come. */
const afterwardsMilliseconds = 600_000;
const everyIncident = 1000;

/** Detection alone, on the adapters in memory and on virtual time, over the shop with a day's past. */
export const watchShop = async (plan: ScenarioPlan): Promise<WatchedRun> => {
  const { seed, at, stepSeconds, faults } = plan;
  const telemetry = memoryTelemetry();
  const clock = manualClock(at);
  const fleet = fleetWorld(warmUp(seed, at, stepSeconds, telemetry), telemetry, clock);
  for (const fault of faults) fleet.inject(fault);
  const settings = {
    scanIntervalSeconds: stepSeconds,
    settlingSeconds,
    seriesInShard,
    falseAlarmsPerMonth: defaultFalseAlarmsPerMonth,
    objectives: [],
  };
  const { incidents, detect } = watcher({ clock, telemetry, target: fleet.target, settings });
  const opened = async (): Promise<readonly Incident[]> =>
    (await incidents.listByState('open', everyIncident)).toSorted((one, other) => one.openedAt - other.openedAt);
  const scanner = { codeVersion: 'virtual', invocation: `seed ${seed}` };
  const firstFault = Math.min(...faults.map(({ startedAt }) => startedAt));
  const end = at + plan.lengthSeconds * 1000;
  let hurtAt: number | null = null;
  while (fleet.state().at < end) {
    const to = fleet.state().at + stepSeconds * 1000;
    fleet.step(to);
    clock.pass((to + passOffset - clock.now()) / 1000);
    await detect(scanner, false);
    if (to > firstFault && fleet.truth()?.hurting === true) hurtAt ??= to;
    if (plan.endsWhenSettled && hurtAt !== null && isSettled(plan, await opened(), clock.now())) break;
  }
  return { plan, topology: await fleet.target.describe(), incidents: await opened(), hurtAt };
};

/** Every fault's service has its incident, and nothing has been added for a while. */
const isSettled = ({ faults }: ScenarioPlan, incidents: readonly Incident[], now: number): boolean => {
  const named = faults.every((fault) =>
    incidents.some(({ service, openedAt }) => service === truthOf(fault).service && openedAt >= fault.startedAt),
  );
  const last = Math.max(...incidents.map(({ openedAt }) => openedAt), ...faults.map(({ startedAt }) => startedAt));
  return named && now - last >= afterwardsMilliseconds;
};
