import type { CommonEnvironment } from '../../contract/environment.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Target } from '../../ports/target.ts';
import { watchedTarget } from '../watched-target.ts';
import { cloudWatchClient } from './clients/cloud-watch-client.ts';
import { lambdaClient } from './clients/lambda-client.ts';
import { resourceTagsClient } from './clients/resource-tags-client.ts';
import { cloudWatchMetrics } from './cloud-watch-telemetry.ts';
import { lambdaTarget } from './lambda-target.ts';
import { resourceTags } from './resource-tags.ts';

/** The workload's control surface where the stack has one; else what the watched metrics tell of it. */
export function chosenTarget(environment: CommonEnvironment, clock: Clock): Target {
  const { KINTSUGI_CONTROL_FUNCTION: control, KINTSUGI_STAGE: stage } = environment;
  if (control !== undefined) return lambdaTarget(lambdaClient(), control);
  const clients = { metrics: cloudWatchClient(), resources: resourceTags(resourceTagsClient()) };
  return watchedTarget(cloudWatchMetrics(clients, stage, environment), clock);
}
