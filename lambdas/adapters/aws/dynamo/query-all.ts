import { type DynamoDBDocumentClient, paginateQuery, type QueryCommandInput } from '@aws-sdk/lib-dynamodb';

/** Rows of a query over all its pages, or the first `limit` of them. */
export async function queryAll(
  client: DynamoDBDocumentClient,
  query: Omit<QueryCommandInput, 'Limit'>,
  limit = Number.POSITIVE_INFINITY,
): Promise<Record<string, unknown>[]> {
  const rows: Record<string, unknown>[] = [];
  const pageSize = Number.isFinite(limit) ? { pageSize: Math.max(1, limit) } : {};
  for await (const page of paginateQuery({ client, ...pageSize }, query)) {
    rows.push(...(page.Items ?? []));
    if (rows.length >= limit) return rows.slice(0, limit);
  }
  return rows;
}

/** All rows under one partition key, in order of their sort keys, optionally those that begin with a prefix. */
export function partition(table: string, key: { readonly name: string; readonly value: string }, prefix?: string) {
  return {
    TableName: table,
    ConsistentRead: true,
    KeyConditionExpression: prefix === undefined ? '#p = :p' : '#p = :p AND begins_with(#s, :s)',
    ExpressionAttributeNames: { '#p': key.name, ...(prefix === undefined ? {} : { '#s': 'item' }) },
    ExpressionAttributeValues: { ':p': key.value, ...(prefix === undefined ? {} : { ':s': prefix }) },
  };
}
