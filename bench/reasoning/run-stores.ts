import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { CreateBucketCommand, S3Client } from '@aws-sdk/client-s3';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { dynamoRecords } from '../../lambdas/adapters/aws/dynamo/records.ts';
import { s3Archive } from '../../lambdas/adapters/aws/s3-archive.ts';
import { systemClock } from '../../lambdas/adapters/aws/system-clock.ts';
import { memoryArchive } from '../../lambdas/adapters/memory/archive.ts';
import { memoryIncidents } from '../../lambdas/adapters/memory/incidents.ts';
import { memoryRecords } from '../../lambdas/adapters/memory/records.ts';
import { memorySharedRows } from '../../lambdas/adapters/memory/shared-rows.ts';
import { memoryTransitions } from '../../lambdas/adapters/memory/transitions.ts';
import type { Archive } from '../../lambdas/ports/archive.ts';
import type { Incidents } from '../../lambdas/ports/incidents.ts';
import type { SharedRows } from '../../lambdas/ports/shared-rows.ts';
import type { Transitions } from '../../lambdas/ports/transitions.ts';
import { makeTables } from '../../scripts/cloud/make-tables.ts';
import { sdkSettings } from '../../scripts/cloud/sdk-settings.ts';
import { startTemporaryCloud } from '../../scripts/cloud/temporary-cloud.ts';

const removingUndefined = { marshallOptions: { removeUndefinedValues: true } };

const responderTables = ['incidents', 'agent-decisions', 'remediations', 'llm-actions', 'audit', 'state'] as const;

/** Where an incident that is asked about has its rows and objects. */
export type RunStores = {
  readonly incidents: Incidents;
  readonly transitions: Transitions;
  readonly archive: Archive;
  readonly sharedRows: SharedRows;
};

export const memoryStores = (): RunStores => {
  const records = memoryRecords();
  return {
    incidents: memoryIncidents(records),
    transitions: memoryTransitions(records),
    archive: memoryArchive(),
    sharedRows: memorySharedRows(),
  };
};

/**
 * Real tables and objects, anew for each incident that `use` asks for, since a service may have one open incident only; on
 * an embedded cloud that lives as long as `use` takes.
 */
export const onLocalCloud = async <Result>(
  use: (newStores: () => Promise<RunStores>) => Promise<Result>,
): Promise<Result> => {
  const emulator = await startTemporaryCloud();
  try {
    const settings = sdkSettings({ kind: 'local', endpoint: emulator.endpoint });
    const tables = DynamoDBDocumentClient.from(new DynamoDBClient(settings), removingUndefined);
    const objects = new S3Client(settings);
    await objects.send(new CreateBucketCommand({ Bucket: 'bench' }));
    let stages = 0;
    return await use(async () => {
      stages += 1;
      const stage = `bench-${stages}`;
      await makeTables(tables, stage, responderTables);
      return { ...dynamoRecords(tables, stage, systemClock), archive: s3Archive(objects, 'bench') };
    });
  } finally {
    await emulator.stop();
  }
};
