import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { S3Client } from '@aws-sdk/client-s3';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { dynamoMutes } from '../../lambdas/adapters/aws/dynamo/mutes.ts';
import { tablesOf } from '../../lambdas/adapters/aws/dynamo/table.ts';
import { s3DetectorState } from '../../lambdas/adapters/aws/s3-detector-state.ts';
import { stackOutputs } from '../../lambdas/contract/stage.ts';
import type { Budgets } from '../../lambdas/domain/anomaly/budget-standing.ts';
import { learningUntil, type ScanStatus, scanStatus } from '../../lambdas/domain/anomaly/overview.ts';
import { savedOverview } from '../operator/saved-overview.ts';
import { mutedTrouble, type Trouble } from '../operator/trouble-covered.ts';
import type { CloudTarget } from './guard.ts';
import { sdkSettings } from './sdk-settings.ts';
import type { StackState } from './stack.ts';

/** How the last whole pass of detection went, as it noted itself, and what signals in trouble people have muted. */
export type WholeScan = ScanStatus & {
  readonly muted: Trouble;
  /** When the newest of those that learn will have been watched long enough, epoch milliseconds; null when all have been. */
  readonly learningUntil: number | null;
  readonly budgets: Budgets['standings'];
};

/** Null when there was no whole pass. */
export async function scanOverview(
  target: CloudTarget,
  stage: string,
  { outputs }: StackState,
): Promise<WholeScan | null> {
  const bucket = outputs.get(stackOutputs.archiveBucket);
  if (bucket === undefined) return null;
  const periodSeconds = Number(outputs.get(stackOutputs.scanIntervalSeconds));
  const objects = new S3Client(sdkSettings(target));
  const tables = DynamoDBDocumentClient.from(new DynamoDBClient(sdkSettings(target)));
  const now = Date.now();
  try {
    const overview = await savedOverview(s3DetectorState(objects, bucket));
    if (overview === null) return null;
    const mutes = await dynamoMutes(tables, tablesOf(stage)).list(now);
    return {
      ...scanStatus(overview),
      learningUntil: learningUntil(overview),
      budgets: overview.budgets.standings,
      muted: mutedTrouble(mutes, { overview, periodSeconds, now }),
    };
  } finally {
    objects.destroy();
    tables.destroy();
  }
}
