import { memoryArchive } from '../../lambdas/adapters/memory/archive.ts';
import { memoryDetectorState } from '../../lambdas/adapters/memory/detector-state.ts';
import { countingIds } from '../../lambdas/adapters/memory/ids.ts';
import { memoryIncidents } from '../../lambdas/adapters/memory/incidents.ts';
import { memoryLeases } from '../../lambdas/adapters/memory/leases.ts';
import { memoryMutes } from '../../lambdas/adapters/memory/mutes.ts';
import { memoryNotifier } from '../../lambdas/adapters/memory/notifier.ts';
import { memoryRecords } from '../../lambdas/adapters/memory/records.ts';
import { memoryScanArchive } from '../../lambdas/adapters/memory/scan-archive.ts';
import { memoryTransitions } from '../../lambdas/adapters/memory/transitions.ts';
import type { DetectionPorts } from '../../lambdas/detection/detect-anomalies.ts';
import { memoryShardScanner } from '../../lambdas/detection/memory-shard-scanner.ts';
import type { Clock } from '../../lambdas/ports/clock.ts';
import type { Orchestrator } from '../../lambdas/ports/orchestrator.ts';
import type { Target } from '../../lambdas/ports/target.ts';
import type { Telemetry } from '../../lambdas/ports/telemetry.ts';

/** Detection on the adapters in memory, over a telemetry and a platform of one's own. Nobody works on its incidents. */
export function memoryDetection({
  clock,
  telemetry,
  target,
}: {
  readonly clock: Clock;
  readonly telemetry: Telemetry;
  readonly target: Target;
}) {
  const records = memoryRecords();
  const detectorState = memoryDetectorState();
  const scanArchive = memoryScanArchive();
  const ports = {
    clock,
    telemetry,
    target,
    detectorState,
    scanArchive,
    shardScanner: memoryShardScanner({ telemetry, scanArchive }, detectorState),
    leases: memoryLeases(),
    notifier: memoryNotifier(),
    mutes: memoryMutes(),
    archive: memoryArchive(),
    incidents: memoryIncidents(records),
    transitions: memoryTransitions(records),
    ids: countingIds(clock),
    orchestrator: nobodyAtWork,
  } satisfies DetectionPorts;
  return { ports, records, detectorState, scanArchive };
}

/** An execution that has ended: the sweep escalates its incident, and lets go of it when all is quiet again. */
const nobodyAtWork: Orchestrator = {
  start: async () => {},
  status: async () => 'ended',
  answer: async () => false,
};
