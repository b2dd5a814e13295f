import type { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import type { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs';
import { type WatchChoice, watchedMetrics } from '../../contract/watched-metrics.ts';
import type { TaggedResources } from '../../ports/tagged-resources.ts';
import type { Telemetry } from '../../ports/telemetry.ts';
import { chosenByTags } from '../chosen-by-tags.ts';
import { logReader } from './log-reader.ts';
import { metricReader } from './metric-reader.ts';

export type TelemetryClients = {
  readonly metrics: CloudWatchClient;
  readonly resources: TaggedResources;
};

/** The watched metrics, and logs and changes of the workload of one stage. */
export const cloudWatchTelemetry = (
  clients: TelemetryClients & { readonly logs: CloudWatchLogsClient },
  stage: string,
  choice: WatchChoice,
): Telemetry => ({ ...cloudWatchMetrics(clients, stage, choice), ...logReader(clients.logs, stage) });

/** The watched metrics alone. */
export function cloudWatchMetrics(
  { metrics, resources }: TelemetryClients,
  stage: string,
  choice: WatchChoice,
): Pick<Telemetry, 'listSeries' | 'readSamples'> {
  const reader = metricReader(metrics, watchedMetrics(stage, choice), choice.KINTSUGI_WATCH_LIMITS);
  const { KINTSUGI_WATCH_NAMESPACES: namespaces, KINTSUGI_WATCH_TAGS: tags } = choice;
  return { ...reader, listSeries: chosenByTags(reader.listSeries, resources, { namespaces, tags }) };
}
