import { randomUUID } from 'node:crypto';
import { CloudWatchClient, PutMetricDataCommand } from '@aws-sdk/client-cloudwatch';
import {
  CloudWatchLogsClient,
  CreateLogGroupCommand,
  CreateLogStreamCommand,
  PutLogEventsCommand,
} from '@aws-sdk/client-cloudwatch-logs';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { ResourceGroupsTaggingAPIClient } from '@aws-sdk/client-resource-groups-tagging-api';
import { CreateBucketCommand, S3Client } from '@aws-sdk/client-s3';
import { SNSClient } from '@aws-sdk/client-sns';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { enforceQuotas } from '../../lambdas/adapters/aws/quota-middleware.ts';
import { resourceTags } from '../../lambdas/adapters/aws/resource-tags.ts';
import { resourceNames } from '../../lambdas/contract/stage.ts';
import type { TableName } from '../../lambdas/contract/tables.ts';
import type { TaggedResources } from '../../lambdas/ports/tagged-resources.ts';
import { makeTables } from '../../scripts/cloud/make-tables.ts';
import type { PublishedTelemetry } from '../contract/telemetry.ts';

/** Clients of one local cloud, and a stage on it that no other test uses. */
export class AwsCloud {
  readonly stage = `t${randomUUID().slice(0, 8)}`;
  readonly dynamo: DynamoDBDocumentClient;
  readonly metrics: CloudWatchClient;
  readonly logs: CloudWatchLogsClient;
  readonly objects: S3Client;
  readonly topics: SNSClient;
  readonly tags: ResourceGroupsTaggingAPIClient;
  readonly resources: TaggedResources;

  constructor(endpoint: string) {
    const settings = {
      endpoint,
      region: 'us-east-1',
      credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
      forcePathStyle: true,
    };
    this.dynamo = DynamoDBDocumentClient.from(enforceQuotas(new DynamoDBClient(settings)), {
      marshallOptions: { removeUndefinedValues: true },
    });
    this.metrics = enforceQuotas(new CloudWatchClient(settings));
    this.logs = enforceQuotas(new CloudWatchLogsClient(settings));
    this.objects = enforceQuotas(new S3Client(settings));
    this.topics = enforceQuotas(new SNSClient(settings));
    this.tags = enforceQuotas(new ResourceGroupsTaggingAPIClient(settings));
    this.resources = resourceTags(this.tags);
  }

  /** The tables as the contract names them. */
  async makeTables(...names: readonly TableName[]): Promise<void> {
    await makeTables(this.dynamo, this.stage, names);
  }

  async makeBucket(): Promise<string> {
    const bucket = `${this.stage}-${randomUUID().slice(0, 8)}`;
    await this.objects.send(new CreateBucketCommand({ Bucket: bucket }));
    return bucket;
  }

  /** As a platform does it: metrics by namespace, lines in a stream of their instance, changes as JSON lines. */
  async publish({ metrics, logs, changes }: PublishedTelemetry): Promise<void> {
    for (const { namespace, metric, dimensions, at, value, samples } of metrics) {
      const values = samples === undefined ? { Value: value } : { Values: [1], Counts: [samples] };
      const datum = {
        MetricName: metric,
        Timestamp: new Date(at),
        StorageResolution: 1,
        Dimensions: dimensions.map((dimension) => ({ Name: dimension.name, Value: dimension.value })),
        ...values,
      };
      await this.metrics.send(new PutMetricDataCommand({ Namespace: namespace, MetricData: [datum] }));
    }
    const names = resourceNames(this.stage);
    for (const { service, instance, at, message } of logs) {
      await this.putLine(names.shopLogGroup(service), instance ?? service, at, message);
    }
    for (const change of changes) {
      await this.putLine(names.changeLogGroup, 'changes', change.at, JSON.stringify(change));
    }
  }

  private readonly made = new Set<string>();

  private async putLine(group: string, stream: string, at: number, message: string): Promise<void> {
    const once = async (name: string, make: () => Promise<unknown>) => {
      if (this.made.has(name)) return;
      await make();
      this.made.add(name);
    };
    await once(group, () => this.logs.send(new CreateLogGroupCommand({ logGroupName: group })));
    const place = { logGroupName: group, logStreamName: stream };
    await once(`${group} ${stream}`, () => this.logs.send(new CreateLogStreamCommand(place)));
    await this.logs.send(new PutLogEventsCommand({ ...place, logEvents: [{ timestamp: at, message }] }));
  }
}
