import type { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import type { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs';
import { resourceNames } from '../../contract/stage.ts';
import type { Telemetry } from '../../ports.ts';
import { logReader } from './log-reader.ts';
import { metricReader } from './metric-reader.ts';

/** Metrics, logs and changes of the workload of one stage. */
export function cloudWatchTelemetry(
  clients: { readonly metrics: CloudWatchClient; readonly logs: CloudWatchLogsClient },
  stage: string,
): Telemetry {
  const { serviceNamespace, instanceNamespace } = resourceNames(stage);
  return {
    ...metricReader(clients.metrics, [serviceNamespace, instanceNamespace]),
    ...logReader(clients.logs, stage),
  };
}
