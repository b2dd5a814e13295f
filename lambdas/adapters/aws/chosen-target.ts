import type { CommonEnvironment } from '../../contract/environment.ts';
import { watchedMetrics } from '../../contract/watched-metrics.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Target } from '../../ports/target.ts';
import { watchedTarget } from '../watched-target.ts';
import { cloudWatchClient } from './clients/cloud-watch-client.ts';
import { lambdaClient } from './clients/lambda-client.ts';
import { lambdaTarget } from './lambda-target.ts';
import { metricReader } from './metric-reader.ts';

/** The workload's control surface where the stack has one; else what the watched metrics tell of it. */
export function chosenTarget(environment: CommonEnvironment, clock: Clock): Target {
  const { KINTSUGI_CONTROL_FUNCTION: control, KINTSUGI_STAGE: stage } = environment;
  if (control !== undefined) return lambdaTarget(lambdaClient(), control);
  return watchedTarget(metricReader(cloudWatchClient(), watchedMetrics(stage, environment)), clock);
}
