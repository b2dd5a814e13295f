import { CreateTableCommand } from '@aws-sdk/client-dynamodb';
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { resourceNames } from '../../lambdas/contract/stage.ts';
import { type TableName, tableIndexes, tableKeys } from '../../lambdas/contract/tables.ts';

type Index = { readonly name: string; readonly partition: string; readonly sort: string };
const indexesOf: Readonly<Record<string, Readonly<Record<string, Index>>>> = tableIndexes;

/** Tables as the contract names them, for what runs on a cloud without a stack. */
export async function makeTables(
  client: DynamoDBDocumentClient,
  stage: string,
  names: readonly TableName[],
): Promise<void> {
  await Promise.all(names.map((name) => client.send(creation(stage, name))));
}

function creation(stage: string, name: TableName): CreateTableCommand {
  const indexes = Object.values(indexesOf[name] ?? {});
  const { partition, sort } = tableKeys[name];
  const attributes = new Set([partition, sort, ...indexes.flatMap((index) => [index.partition, index.sort])]);
  const keys = (hash: string, range: string) => [
    { AttributeName: hash, KeyType: 'HASH' as const },
    { AttributeName: range, KeyType: 'RANGE' as const },
  ];
  const secondary = indexes.map((index) => ({
    IndexName: index.name,
    KeySchema: keys(index.partition, index.sort),
    Projection: { ProjectionType: 'ALL' as const },
  }));
  return new CreateTableCommand({
    TableName: resourceNames(stage).table(name),
    BillingMode: 'PAY_PER_REQUEST',
    AttributeDefinitions: [...attributes].map((AttributeName) => ({ AttributeName, AttributeType: 'S' })),
    KeySchema: keys(partition, sort),
    ...(secondary.length === 0 ? {} : { GlobalSecondaryIndexes: secondary }),
  });
}
