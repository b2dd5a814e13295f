import type { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import type { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs';
import type { FleetPublisher } from '../simulate-fleet.ts';
import { logWriter } from './log-writer.ts';
import { metricWriter } from './metric-writer.ts';

/** Publishes as a real platform does, to CloudWatch. */
export function fleetPublisher(
  clients: { readonly metrics: CloudWatchClient; readonly logs: CloudWatchLogsClient },
  { stage, stepSeconds }: { readonly stage: string; readonly stepSeconds: number },
): FleetPublisher {
  const metrics = metricWriter(clients.metrics, stage, stepSeconds);
  const logs = logWriter(clients.logs, stage);
  return {
    publish: async (published) => {
      await Promise.all([metrics.publish(published.metrics), logs.publish(published)]);
    },
    publishHistory: async (history) => {
      await Promise.all([metrics.publishSeries(history.series), logs.publish(history)]);
    },
    pointsPerSecond: () => metrics.pointsPerSecond(),
  };
}
