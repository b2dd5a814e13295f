import { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { S3Client } from '@aws-sdk/client-s3';
import { SFNClient } from '@aws-sdk/client-sfn';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { clientSettings } from '../../lambdas/adapters/aws/clients/client-settings.ts';
import { dynamoIncidents } from '../../lambdas/adapters/aws/dynamo/incidents.ts';
import { dynamoLessons } from '../../lambdas/adapters/aws/dynamo/lessons.ts';
import { dynamoMutes } from '../../lambdas/adapters/aws/dynamo/mutes.ts';
import { tablesOf } from '../../lambdas/adapters/aws/dynamo/table.ts';
import { dynamoTransitions } from '../../lambdas/adapters/aws/dynamo/transitions.ts';
import { lambdaTarget } from '../../lambdas/adapters/aws/lambda-target.ts';
import { logReader } from '../../lambdas/adapters/aws/log-reader.ts';
import { metricReader } from '../../lambdas/adapters/aws/metric-reader.ts';
import { s3Archive } from '../../lambdas/adapters/aws/s3-archive.ts';
import { s3DetectorState } from '../../lambdas/adapters/aws/s3-detector-state.ts';
import { s3ScanArchive } from '../../lambdas/adapters/aws/s3-scan-archive.ts';
import { stepFunctionsOrchestrator } from '../../lambdas/adapters/aws/step-functions-orchestrator.ts';
import { systemClock } from '../../lambdas/adapters/aws/system-clock.ts';
import { ulidIds } from '../../lambdas/adapters/aws/ulid-ids.ts';
import { defaultScanArchiveDays } from '../../lambdas/contract/archive-keys.ts';
import { resourceNames, stackOutputs } from '../../lambdas/contract/stage.ts';
import type { Archive } from '../../lambdas/ports/archive.ts';
import type { Clock } from '../../lambdas/ports/clock.ts';
import type { DetectorState } from '../../lambdas/ports/detector-state.ts';
import type { Ids } from '../../lambdas/ports/ids.ts';
import type { Incidents } from '../../lambdas/ports/incidents.ts';
import type { Lessons } from '../../lambdas/ports/lessons.ts';
import type { Mutes } from '../../lambdas/ports/mutes.ts';
import type { Orchestrator } from '../../lambdas/ports/orchestrator.ts';
import type { ScanArchive } from '../../lambdas/ports/scan-archive.ts';
import type { Target } from '../../lambdas/ports/target.ts';
import type { Telemetry } from '../../lambdas/ports/telemetry.ts';
import type { Transitions } from '../../lambdas/ports/transitions.ts';
import { requireCloud } from '../cloud/deploy.ts';
import { type CloudTarget, cloudTarget } from '../cloud/guard.ts';
import { sdkSettings } from '../cloud/sdk-settings.ts';
import { describeStack } from '../cloud/stack.ts';
import { UserError } from '../user-error.ts';
import type { CloudOptions } from './cloud-options.ts';

/** One deployed stack, as a person works on it: the same adapters that its functions use. */
export type Operator = {
  readonly stage: string;
  readonly cloud: CloudTarget;
  /** Seconds between two passes of the detector, and of one closed period. */
  readonly periodSeconds: number;
  /** The deployed knob of detection: expected false alarms of a metric in a month. */
  readonly falseAlarmsPerMonth: number;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly mutes: Mutes;
  readonly incidents: Incidents;
  readonly transitions: Transitions;
  readonly lessons: Lessons;
  readonly orchestrator: Orchestrator;
  readonly archive: Archive;
  readonly archiveBucket: string;
  readonly detectorState: DetectorState;
  readonly scanArchive: ScanArchive;
  /** How long the archive of scans is kept. */
  readonly scanArchiveDays: number;
  readonly target: Target;
  readonly telemetry: Telemetry;
  readonly tables: DynamoDBDocumentClient;
  readonly functions: LambdaClient;
};

/** Finds the stack, or says in one line that there is no cloud or no stack. */
export const connect = async (options: Pick<CloudOptions, 'stage' | 'endpoint' | 'aws'>): Promise<Operator> => {
  const cloud = cloudTarget(options);
  await requireCloud(cloud);
  return connectTo(cloud, options.stage);
};

export const connectTo = async (cloud: CloudTarget, stage: string): Promise<Operator> => {
  const stack = await describeStack(cloud, stage);
  if (stack === undefined) throw new UserError(`There is no stack '${stage}' there: npm run deploy`);
  const output = (name: keyof typeof stackOutputs): string => {
    const value = stack.outputs.get(stackOutputs[name]);
    if (value === undefined)
      throw new UserError(`The stack '${stage}' is ${stack.status} and not whole: npm run deploy`);
    return value;
  };
  const settings = { ...clientSettings(), ...sdkSettings(cloud) };
  const names = resourceNames(stage);
  const tables = DynamoDBDocumentClient.from(new DynamoDBClient(settings));
  const objects = new S3Client(settings);
  const archiveBucket = output('archiveBucket');
  const functions = new LambdaClient({ ...clientSettings(30), ...sdkSettings(cloud) });
  return {
    stage,
    cloud,
    periodSeconds: Number(output('scanIntervalSeconds')),
    falseAlarmsPerMonth: Number(output('falseAlarmsPerMonth')),
    clock: systemClock,
    ids: ulidIds(systemClock),
    mutes: dynamoMutes(tables, tablesOf(stage)),
    incidents: dynamoIncidents(tables, tablesOf(stage), systemClock),
    transitions: dynamoTransitions(tables, tablesOf(stage)),
    lessons: dynamoLessons(tables, tablesOf(stage)('state')),
    orchestrator: stepFunctionsOrchestrator(new SFNClient(settings), output('stateMachineArn')),
    archive: s3Archive(objects, archiveBucket),
    archiveBucket,
    detectorState: s3DetectorState(objects, archiveBucket),
    scanArchive: s3ScanArchive(objects, archiveBucket),
    // A stack that was deployed before it said so has no such output.
    scanArchiveDays: Number(stack.outputs.get(stackOutputs.scanArchiveDays) ?? defaultScanArchiveDays),
    target: lambdaTarget(functions, names.function('operate-fleet')),
    telemetry: {
      ...metricReader(new CloudWatchClient(settings), [
        { namespace: names.serviceNamespace, dimensions: [] },
        { namespace: names.instanceNamespace, dimensions: [] },
      ]),
      ...logReader(new CloudWatchLogsClient(settings), stage),
    },
    tables,
    functions,
  };
};
