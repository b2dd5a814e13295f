import { systemClock as clock } from '../adapters/aws/system-clock.ts';
import { ulidIds } from '../adapters/aws/ulid-ids.ts';
import { notifier } from '../deployed/notifier.ts';
import { archive, detectorState, scanArchive } from '../deployed/objects.ts';
import { orchestrator } from '../deployed/orchestrator.ts';
import { records } from '../deployed/records.ts';
import { shardScanner } from '../deployed/shard-scanner.ts';
import { target } from '../deployed/target.ts';
import { rhythm, telemetry } from '../deployed/telemetry.ts';
import { environment } from '../runtime/environment.ts';
import { scheduledHandler } from '../runtime/scheduled-handler.ts';
import { detectAnomalies } from './detect-anomalies.ts';
import { scanPasses, scanRhythm } from './scan-loop.ts';
import { releaseScanLease } from './take-scan-lease.ts';

const memory = { archive, detectorState, scanArchive };
const tools = { ...records, ...memory, telemetry, target, shardScanner, orchestrator, notifier };
const detect = detectAnomalies(
  { ...tools, clock, ids: ulidIds(clock) },
  {
    ...rhythm,
    seriesInShard: environment.KINTSUGI_SERIES_IN_SHARD,
    falseAlarmsPerMonth: environment.KINTSUGI_FALSE_ALARMS_PER_MONTH,
    objectives: environment.KINTSUGI_WATCH_OBJECTIVES,
  },
);

export const handler = scheduledHandler(
  scanRhythm({ ...rhythm, loopSeconds: environment.KINTSUGI_LOOP_SECONDS }),
  clock,
  (scanner, _event, logPass) => ({
    pass: scanPasses(detect, scanner, logPass),
    end: () => releaseScanLease(records.leases, scanner, clock.now()),
  }),
);
