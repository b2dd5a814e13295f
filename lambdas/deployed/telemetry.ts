import { cloudWatchClient } from '../adapters/aws/clients/cloud-watch-client.ts';
import { cloudWatchLogsClient } from '../adapters/aws/clients/cloud-watch-logs-client.ts';
import { resourceTagsClient } from '../adapters/aws/clients/resource-tags-client.ts';
import { cloudWatchTelemetry } from '../adapters/aws/cloud-watch-telemetry.ts';
import { resourceTags } from '../adapters/aws/resource-tags.ts';
import { environment } from '../runtime/environment.ts';

const stage = environment.KINTSUGI_STAGE;

export const telemetry = cloudWatchTelemetry(
  { metrics: cloudWatchClient(), logs: cloudWatchLogsClient(), resources: resourceTags(resourceTagsClient()) },
  stage,
  environment,
);

export const rhythm = {
  scanIntervalSeconds: environment.KINTSUGI_SCAN_INTERVAL_SECONDS,
  settlingSeconds: environment.KINTSUGI_SETTLING_SECONDS,
};
