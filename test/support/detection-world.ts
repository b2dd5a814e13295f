import { memoryArchive } from '../../lambdas/adapters/memory/archive.ts';
import { manualClock } from '../../lambdas/adapters/memory/clock.ts';
import { memoryDetectorState } from '../../lambdas/adapters/memory/detector-state.ts';
import { countingIds } from '../../lambdas/adapters/memory/ids.ts';
import { memoryIncidents } from '../../lambdas/adapters/memory/incidents.ts';
import { memoryLeases } from '../../lambdas/adapters/memory/leases.ts';
import { memoryMutes } from '../../lambdas/adapters/memory/mutes.ts';
import { memoryNotifier } from '../../lambdas/adapters/memory/notifier.ts';
import { memoryRecords } from '../../lambdas/adapters/memory/records.ts';
import { memoryScanArchive } from '../../lambdas/adapters/memory/scan-archive.ts';
import { memoryTelemetry } from '../../lambdas/adapters/memory/telemetry.ts';
import { memoryTransitions } from '../../lambdas/adapters/memory/transitions.ts';
import { type DetectionPorts, detectAnomalies, type PassResult } from '../../lambdas/detection/detect-anomalies.ts';
import { memoryShardScanner } from '../../lambdas/detection/memory-shard-scanner.ts';
import type { Objective } from '../../lambdas/domain/forecast/error-budget.ts';
import type { IncidentId } from '../../lambdas/domain/ids.ts';
import type { Topology } from '../../lambdas/domain/topology/topology.ts';
import type { Mutes } from '../../lambdas/ports/mutes.ts';
import type { Orchestrator, PersonAnswer } from '../../lambdas/ports/orchestrator.ts';
import { topology } from './detection-examples.ts';

/** Executions that do nothing by themselves and do what a test says. */
export function manualOrchestrator() {
  const executions = new Map<IncidentId, 'running' | 'ended'>();
  const waiting = new Set<string>();
  const answers: { readonly token: string; readonly result: PersonAnswer }[] = [];
  const orchestrator: Orchestrator = {
    start: async (id) => {
      if (!executions.has(id)) executions.set(id, 'running');
    },
    status: async (id) => executions.get(id) ?? 'none',
    answer: async (token, result) => {
      if (!waiting.has(token)) return false;
      answers.push({ token, result });
      return true;
    },
  };
  return { ...orchestrator, executions, waiting, answers };
}

export type Reading = (service: string, at: number, instance: string | null) => Readonly<Record<string, number>>;

/** Requests, errors and latency of a healthy service, load and heartbeat of its instances. */
export const healthy: Reading = (_, at, instance) => {
  const wobble = ((at / 5000) * 7919) % 13;
  return instance === null
    ? { RequestCount: 500 + wobble, ErrorCount: 0, LatencyP95: 80 + wobble }
    : { CpuUtilization: 40 + wobble / 2, Heartbeat: 1 };
};

const start = Date.UTC(2026, 0, 6, 12);

/** Detection at a period of 5 s on the adapters in memory, over telemetry that a test shapes. */
export function detectionWorld({ seriesInShard = 500, objectives = [] as readonly Objective[] } = {}) {
  const clock = manualClock(start);
  const records = memoryRecords();
  const telemetry = memoryTelemetry();
  const orchestrator = manualOrchestrator();
  const notifier = memoryNotifier();
  let platform: Topology = topology;
  let described = 0;
  const scanArchive = memoryScanArchive();
  const detectorState = memoryDetectorState();
  const ports: DetectionPorts & { readonly mutes: Mutes } = {
    clock,
    telemetry,
    orchestrator,
    notifier,
    mutes: memoryMutes(),
    archive: memoryArchive(),
    detectorState,
    shardScanner: memoryShardScanner({ telemetry, scanArchive }, detectorState),
    scanArchive,
    leases: memoryLeases(),
    incidents: memoryIncidents(records),
    transitions: memoryTransitions(records),
    ids: countingIds(clock),
    target: {
      describe: async () => {
        described += 1;
        return platform;
      },
      operate: async ({ key }) => ({
        state: 'failed',
        key,
        endedAt: clock.now(),
        reason: 'detection operates nothing',
      }),
    },
  };
  const scanner = { codeVersion: 'v1', invocation: 'one' };
  const settings = { scanIntervalSeconds: 5, settlingSeconds: 2, seriesInShard, falseAlarmsPerMonth: 1, objectives };

  const publish = (at: number, reading: Reading): void => {
    const metrics = topology.services.flatMap(({ name, instances }) =>
      [null, ...instances.map(({ id }) => id)].flatMap((instance) =>
        Object.entries(reading(name, at, instance)).map(([metric, value]) => ({
          namespace: instance === null ? 'Shop/Service' : 'Shop/Instance',
          metric,
          dimensions: [
            { name: 'Service', value: name },
            ...(instance === null ? [] : [{ name: 'Instance', value: instance }]),
          ],
          at,
          value,
        })),
      ),
    );
    telemetry.publish({ metrics, logs: [], changes: [] });
  };

  let last: PassResult | null = null;

  return {
    ports,
    records,
    clock,
    telemetry,
    orchestrator,
    notifier,
    scanner,
    settings,
    start,
    publish,
    /** One value of a metric of a service. */
    publishOne: (service: string, metric: string, at: number, value: number) =>
      telemetry.publish({
        metrics: [{ namespace: 'Shop/Service', metric, dimensions: [{ name: 'Service', value: service }], at, value }],
        logs: [],
        changes: [],
      }),
    /** How the last pass of `live` went, if it scanned. */
    scanned: () => (last?.outcome === 'scanned' ? last : null),
    described: () => described,
    setTopology: (next: Topology) => {
      platform = next;
    },
    /** Two hours of healthy past, every 5 s. */
    publishHistory: () => {
      for (let at = start - 7_200_000; at < start; at += 5000) publish(at, healthy);
    },
    /** A pass of a process that has just begun, so that nothing is remembered but what was stored. */
    pass: (ports_: DetectionPorts = ports) => detectAnomalies(ports_, settings)(scanner, true),
    /** Lets time pass in steps of 5 s, each published and then scanned. */
    live: async (seconds: number, reading: Reading) => {
      const detect = detectAnomalies(ports, settings);
      const opened: IncidentId[] = [];
      for (let second = 0; second < seconds; second += 5) {
        publish(clock.now() - (clock.now() % 5000), reading);
        clock.pass(5);
        // Within a pass the period just published has not settled yet: it is judged by the next one.
        const result = await detect(scanner, second === 0);
        last = result;
        if (result.outcome === 'scanned') opened.push(...result.opened);
      }
      return opened;
    },
  };
}

/** Payments answer slowly and fail, and so do all who wait for them. */
export const slowPayments: Reading = (service, at, instance) => {
  const well = healthy(service, at, instance);
  const waits = service === 'payments' || service === 'checkout' || service === 'edge';
  if (!waits || instance !== null) return well;
  return { ...well, LatencyP95: 900, ErrorCount: 60 };
};

/** A world that has its history and watches. */
export async function watchedWorld() {
  const world = detectionWorld();
  world.publishHistory();
  await world.live(120, healthy);
  return world;
}

export const incidentsOf = (world: ReturnType<typeof detectionWorld>) => [...world.records.incidents.values()];
