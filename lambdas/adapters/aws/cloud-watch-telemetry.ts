import type { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import type { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs';
import type { WatchedMetrics } from '../../contract/watched-metrics.ts';
import type { Telemetry } from '../../ports/telemetry.ts';
import { logReader } from './log-reader.ts';
import { metricReader } from './metric-reader.ts';

/** The watched metrics, and logs and changes of the workload of one stage. */
export function cloudWatchTelemetry(
  clients: { readonly metrics: CloudWatchClient; readonly logs: CloudWatchLogsClient },
  stage: string,
  watched: readonly WatchedMetrics[],
): Telemetry {
  return {
    ...metricReader(clients.metrics, watched),
    ...logReader(clients.logs, stage),
  };
}
