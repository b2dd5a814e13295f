import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, GetCommand } from '@aws-sdk/lib-dynamodb';
import { z } from 'zod';
import { resourceNames } from '../../lambdas/contract/stage.ts';
import { tableKeys } from '../../lambdas/contract/tables.ts';
import type { CloudTarget } from './guard.ts';
import { sdkSettings } from './sdk-settings.ts';

/** The row that a scan renews at each pass; epoch milliseconds. */
const SCAN_ROW = { [tableKeys.state.partition]: 'lease#scan', [tableKeys.state.sort]: 'lease' };
const scanRow = z.object({ takenAt: z.number() });

/** When detection last began a pass, read from the lease it renews each time; nothing when it never did. */
export async function lastScan(target: CloudTarget, stage: string): Promise<Date | undefined> {
  const client = DynamoDBDocumentClient.from(new DynamoDBClient(sdkSettings(target)));
  try {
    const { Item } = await client.send(
      new GetCommand({ TableName: resourceNames(stage).table('state'), Key: SCAN_ROW }),
    );
    const row = scanRow.safeParse(Item);
    return row.success ? new Date(row.data.takenAt) : undefined;
  } catch (error) {
    if (error instanceof Error && error.name === 'ResourceNotFoundException') return undefined;
    throw error;
  } finally {
    client.destroy();
  }
}
