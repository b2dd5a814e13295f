import { advance, type FleetState, initialFleet, type Published } from './fleet.ts';
import { type History, historyFor, makeHistory } from './history.ts';
import type { FaultStore } from './inject-fault.ts';
import type { OperationStore } from './operate-fleet.ts';

/** The shop as it is kept between passes. */
export type StoredFleet = {
  readonly state: FleetState;
  /** When it stops itself, epoch milliseconds. */
  readonly runsUntil: number;
  readonly stopped: boolean;
};

/** Another version's shop: its state means nothing to this one. */
export type UnreadableFleet = { readonly unreadable: true; readonly at: number };

export type FleetStore = {
  load(): Promise<StoredFleet | UnreadableFleet | null>;
  /** False when the fleet is no longer the one at `before` (null: there is one), or a later fence wrote it. */
  save(fleet: StoredFleet, condition: { readonly before: number | null; readonly fence: number }): Promise<boolean>;
};

export type FleetPublisher = {
  publish(published: Published): Promise<void>;
  publishHistory(history: History): Promise<void>;
  /** How many points a second this cloud takes, tried out on a metric of its own. */
  pointsPerSecond(): Promise<number>;
};

export type SimulateTools = {
  readonly fleet: FleetStore;
  readonly faults: Pick<FaultStore, 'active'>;
  readonly operations: Pick<OperationStore, 'waiting' | 'begun'>;
  readonly publisher: FleetPublisher;
  /** The fence of the lease, or null when another invocation holds it. */
  lease(options: { readonly beginning: boolean; readonly seconds: number }): Promise<number | null>;
  /** Epoch milliseconds. */
  now(): number;
};

export type SimulateSettings = {
  readonly seed: number;
  readonly stepSeconds: number;
  /** A day of history is written before the first step. */
  readonly writeHistory: boolean;
};

export type SimulatePass =
  | { readonly outcome: 'held' }
  | { readonly outcome: 'stopped'; readonly since: number }
  | { readonly outcome: 'begun'; readonly points: number }
  | { readonly outcome: 'advanced'; readonly steps: number; readonly points: number };

/** Nobody pays for a shop that was forgotten. */
const runningMilliseconds = 8 * 3_600_000;
/** A longer gap is lived through without being published: its points would come too late to be of use. */
const longestPublishedGap = 15 * 60_000;
/** After a longer one the shop begins anew. */
const longestGap = 48 * 3_600_000;
/** How long a pass may take before another invocation takes over, and how long the first one may. */
const passSeconds = 30;
const historySeconds = 240;

/**
 * One pass of the simulation. The state is saved before anything is published:
 * a crash between the two leaves a hole of one step, as a platform has now and
 * then, while the other order would count the step's requests twice.
 * `wanted`: a person or a deployment asks for it, so its running time begins anew.
 */
export const simulateFleet =
  (tools: SimulateTools, settings: SimulateSettings) =>
  async ({ beginning, wanted }: { readonly beginning: boolean; readonly wanted: boolean }): Promise<SimulatePass> => {
    const stored = await tools.fleet.load();
    const fence = await tools.lease({ beginning, seconds: stored === null ? historySeconds : passSeconds });
    if (fence === null) return { outcome: 'held' };
    const now = tools.now();
    const stepMilliseconds = settings.stepSeconds * 1000;
    const to = Math.floor(now / stepMilliseconds) * stepMilliseconds;
    if (stored === null) return begin(tools, settings, { before: null, to, fence });
    if ('unreadable' in stored) return begin(tools, settings, { before: stored.at, to, fence });
    if (to - stored.state.at > longestGap) return begin(tools, settings, { before: stored.state.at, to, fence });

    const runsUntil = wanted ? now + runningMilliseconds : stored.runsUntil;
    const condition = { before: stored.state.at, fence };
    if (now >= runsUntil) {
      if (!stored.stopped) await tools.fleet.save({ ...stored, stopped: true }, condition);
      return { outcome: 'stopped', since: stored.runsUntil };
    }

    const [faults, operations] = await Promise.all([tools.faults.active(stored.state.at), tools.operations.waiting()]);
    const published: Published[] = [];
    let state = stored.state;
    if (to - state.at > longestPublishedGap) {
      state = advance(state, to - stepMilliseconds, { faults: [], operations: [] }, 'changes').state;
    }
    while (state.at < to) {
      const next = Math.min(to, Math.floor(state.at / stepMilliseconds + 1) * stepMilliseconds);
      const advanced = advance(state, next, { faults, operations });
      published.push(advanced.published);
      state = advanced.state;
    }
    if (!(await tools.fleet.save({ state, runsUntil, stopped: false }, condition))) return { outcome: 'held' };
    const all = together(published);
    await tools.publisher.publish(all);
    // What was asked for after the last step is left for the next pass: the state does not know it yet.
    const known = new Set(state.operations.map(({ key }) => key));
    await tools.operations.begun(operations.filter(({ key }) => known.has(key)));
    return { outcome: 'advanced', steps: published.length, points: all.metrics.length };
  };

/**
 * The passes of one invocation. While another one has the lease it waits for its
 * turn; when it had the lease and finds it gone, or the shop has stopped, it is over.
 */
export function simulatePasses(
  simulate: ReturnType<typeof simulateFleet>,
  { wanted }: { readonly wanted: boolean },
  onPass: (result: SimulatePass) => void,
): () => Promise<'continue' | 'stop'> {
  let beginning = true;
  let hadLease = false;
  return async () => {
    const result = await simulate({ beginning, wanted: wanted && !hadLease });
    beginning = false;
    onPass(result);
    if (result.outcome === 'held') return hadLease ? 'stop' : 'continue';
    hadLease = true;
    return result.outcome === 'stopped' ? 'stop' : 'continue';
  };
}

async function begin(
  tools: SimulateTools,
  { seed, stepSeconds, writeHistory }: SimulateSettings,
  { before, to, fence }: { readonly before: number | null; readonly to: number; readonly fence: number },
): Promise<SimulatePass> {
  const length = writeHistory && before === null ? historyFor(await tools.publisher.pointsPerSecond()) : null;
  const history = length === null ? null : makeHistory({ seed, to, stepSeconds }, length);
  const state = history?.state ?? initialFleet({ seed, at: to });
  const fleet = { state, runsUntil: to + runningMilliseconds, stopped: false };
  if (!(await tools.fleet.save(fleet, { before, fence }))) return { outcome: 'held' };
  if (history === null) return { outcome: 'begun', points: 0 };
  await tools.publisher.publishHistory(history);
  return { outcome: 'begun', points: history.series.reduce((sum, points) => sum + points.length, 0) };
}

const together = (parts: readonly Published[]): Published => ({
  metrics: parts.flatMap(({ metrics }) => metrics),
  logs: parts.flatMap(({ logs }) => logs),
  changes: parts.flatMap(({ changes }) => changes),
});
