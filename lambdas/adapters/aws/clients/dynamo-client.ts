import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { enforceQuotas } from '../quota-middleware.ts';
import { clientSettings } from './client-settings.ts';

export function dynamoClient(): DynamoDBDocumentClient {
  const client = enforceQuotas(new DynamoDBClient(clientSettings()));
  return DynamoDBDocumentClient.from(client, { marshallOptions: { removeUndefinedValues: true } });
}
