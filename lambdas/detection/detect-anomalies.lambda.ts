import { chosenTarget } from '../adapters/aws/chosen-target.ts';
import { cloudWatchClient } from '../adapters/aws/clients/cloud-watch-client.ts';
import { cloudWatchLogsClient } from '../adapters/aws/clients/cloud-watch-logs-client.ts';
import { dynamoClient } from '../adapters/aws/clients/dynamo-client.ts';
import { shardScanClient } from '../adapters/aws/clients/lambda-client.ts';
import { s3Client } from '../adapters/aws/clients/s3-client.ts';
import { snsClient } from '../adapters/aws/clients/sns-client.ts';
import { stepFunctionsClient } from '../adapters/aws/clients/step-functions-client.ts';
import { cloudWatchTelemetry } from '../adapters/aws/cloud-watch-telemetry.ts';
import { dynamoRecords } from '../adapters/aws/dynamo/records.ts';
import { lambdaShardScanner } from '../adapters/aws/lambda-shard-scanner.ts';
import { s3Archive } from '../adapters/aws/s3-archive.ts';
import { s3DetectorState } from '../adapters/aws/s3-detector-state.ts';
import { s3ScanArchive } from '../adapters/aws/s3-scan-archive.ts';
import { snsNotifier } from '../adapters/aws/sns-notifier.ts';
import { stepFunctionsOrchestrator } from '../adapters/aws/step-functions-orchestrator.ts';
import { systemClock } from '../adapters/aws/system-clock.ts';
import { ulidIds } from '../adapters/aws/ulid-ids.ts';
import { resourceNames } from '../contract/stage.ts';
import { watchedMetrics } from '../contract/watched-metrics.ts';
import { environment } from '../runtime/environment.ts';
import { scheduledHandler } from '../runtime/scheduled-handler.ts';
import { detectAnomalies } from './detect-anomalies.ts';
import { scanPasses, scanRhythm, shardDeadlineSeconds } from './scan-loop.ts';
import { releaseScanLease } from './take-scan-lease.ts';

const stage = environment.KINTSUGI_STAGE;
const clock = systemClock;
const objects = s3Client(environment.AWS_ENDPOINT_URL !== undefined);
const archive = s3Archive(objects, environment.KINTSUGI_ARCHIVE_BUCKET);
const settings = {
  scanIntervalSeconds: environment.KINTSUGI_SCAN_INTERVAL_SECONDS,
  settlingSeconds: environment.KINTSUGI_SETTLING_SECONDS,
  seriesInShard: environment.KINTSUGI_SERIES_IN_SHARD,
  falseAlarmsPerMonth: environment.KINTSUGI_FALSE_ALARMS_PER_MONTH,
};
const records = dynamoRecords(dynamoClient(), stage, clock);
const detect = detectAnomalies(
  {
    ...records,
    clock,
    ids: ulidIds(clock),
    telemetry: cloudWatchTelemetry(
      { metrics: cloudWatchClient(), logs: cloudWatchLogsClient() },
      stage,
      watchedMetrics(stage, environment),
    ),
    target: chosenTarget(environment, clock),
    archive,
    detectorState: s3DetectorState(objects, environment.KINTSUGI_ARCHIVE_BUCKET),
    shardScanner: lambdaShardScanner(
      shardScanClient(),
      resourceNames(stage).function('scan-shard'),
      shardDeadlineSeconds(settings.scanIntervalSeconds),
    ),
    scanArchive: s3ScanArchive(objects, environment.KINTSUGI_ARCHIVE_BUCKET),
    orchestrator: stepFunctionsOrchestrator(stepFunctionsClient(), environment.KINTSUGI_STATE_MACHINE_ARN),
    notifier: snsNotifier(snsClient(), environment.KINTSUGI_TOPIC_ARN, archive),
  },
  settings,
);

export const handler = scheduledHandler(
  scanRhythm({ ...settings, loopSeconds: environment.KINTSUGI_LOOP_SECONDS }),
  clock,
  (scanner, _event, logPass) => ({
    pass: scanPasses(detect, scanner, logPass),
    end: () => releaseScanLease(records.leases, scanner, clock.now()),
  }),
);
