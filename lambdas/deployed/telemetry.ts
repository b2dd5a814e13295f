import { cloudWatchClient } from '../adapters/aws/clients/cloud-watch-client.ts';
import { cloudWatchLogsClient } from '../adapters/aws/clients/cloud-watch-logs-client.ts';
import { cloudWatchTelemetry } from '../adapters/aws/cloud-watch-telemetry.ts';
import { watchedMetrics } from '../contract/watched-metrics.ts';
import { environment } from '../runtime/environment.ts';

const stage = environment.KINTSUGI_STAGE;

export const telemetry = cloudWatchTelemetry(
  { metrics: cloudWatchClient(), logs: cloudWatchLogsClient() },
  stage,
  watchedMetrics(stage, environment),
);

export const rhythm = {
  scanIntervalSeconds: environment.KINTSUGI_SCAN_INTERVAL_SECONDS,
  settlingSeconds: environment.KINTSUGI_SETTLING_SECONDS,
};
