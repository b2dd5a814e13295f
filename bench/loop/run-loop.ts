import { setTimeout as pause } from 'node:timers/promises';
import { type ActiveFault, faultKinds } from '../../lambdas/workload/faults/definition.ts';
import { causesByPace, drawSoonHurting } from '../../scripts/operator/soon-hurting.ts';
import { isFalse } from '../../scripts/scenario/match-incidents.ts';
import type { FaultReport, LoopReport } from '../report/report.ts';
import { summarise } from '../report/summarise.ts';
import { awaitHealth } from './await-health.ts';
import { incidentsSince, type LiveBench, type PlayedLive, playLive } from './play-live.ts';
import type { Split } from './split.ts';

export type LoopOptions = { readonly seed: number; readonly quietSeconds: number };

export type LoopResult = {
  readonly report: LoopReport;
  /** One for each fault of the report. */
  readonly splits: readonly Split[];
  /** Causes that hurt too late to be waited for live. */
  readonly leftToVirtual: readonly string[];
};

/** One fault of each kind, then a quiet stretch, on the running shop. */
export const runLoop = async (
  bench: LiveBench,
  { seed, quietSeconds }: LoopOptions,
  onPlayed: (played: PlayedLive) => void,
): Promise<LoopResult> => {
  const { operator, faults } = bench;
  const begun = operator.clock.now();
  const topology = await operator.target.describe();
  await faults.clear(null);
  const played: PlayedLive[] = [];
  const lives: ActiveFault[] = [];
  for (const kind of faultKinds) {
    await awaitHealth(bench);
    const wanted = drawSoonHurting(kind, seed, operator.clock.now(), await heldServices(bench));
    if (wanted === null) continue;
    const one = await playLive(bench, wanted);
    await faults.clear(null);
    played.push(one);
    lives.push({ ...one.fault, endsAt: operator.clock.now() });
    onPlayed(one);
  }
  await awaitHealth(bench);
  const quietFrom = operator.clock.now();
  await waitQuietly(bench, quietSeconds);
  const incidents = await incidentsSince(operator, begun);
  const calls = await Promise.all(incidents.map(({ id }) => operator.incidents.llmActions(id)));
  const modelCalls = calls.flat();
  const reports: readonly FaultReport[] = played.map((one) => one.report);
  return {
    report: summarise(reports, {
      falseIncidents: incidents.filter((incident) => isFalse(incident, lives, topology)).length,
      quietSeconds,
      quietModelCalls: modelCalls.filter(({ at }) => at >= quietFrom).length,
      stepSeconds: operator.periodSeconds,
      modelCalls: modelCalls.length,
    }),
    splits: played.map((one) => one.split),
    leftToVirtual: causesByPace().slow,
  };
};

/** A service that an ended incident still holds opens no new one for a while; another is struck instead. */
const heldServices = async ({ operator }: LiveBench): Promise<ReadonlySet<string>> =>
  new Set((await operator.incidents.listLocked()).map((incident) => incident.service));

const waitQuietly = async ({ operator, say }: LiveBench, seconds: number): Promise<void> => {
  const until = operator.clock.now() + seconds * 1000;
  while (operator.clock.now() < until) {
    say(`quiet for ${Math.ceil((until - operator.clock.now()) / 1000)} s more`);
    await pause(Math.min(5000, Math.max(0, until - operator.clock.now())));
  }
};
