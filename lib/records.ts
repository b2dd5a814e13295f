import { Duration, RemovalPolicy, Validations } from 'aws-cdk-lib';
import { type Attribute, AttributeType, BillingMode, Table, TableEncryption } from 'aws-cdk-lib/aws-dynamodb';
import { BlockPublicAccess, Bucket, BucketEncryption, StorageClass } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { archivePrefixes } from '../lambdas/contract/archive-keys.ts';
import { resourceNames } from '../lambdas/contract/stage.ts';
import {
  type ResponderTable,
  type TableName,
  tableIndexes,
  tableKeys,
  timeToLiveAttribute,
} from '../lambdas/contract/tables.ts';
import type { Settings } from './settings.ts';

const text = (name: string): Attribute => ({ name, type: AttributeType.STRING });

/** What Kintsugi remembers: its tables, and the bucket for bodies too large for a row. */
export class Records extends Construct {
  readonly tables: Readonly<Record<ResponderTable, Table>>;
  readonly archive: Bucket;

  constructor(scope: Construct, id: string, settings: Settings) {
    super(scope, id);
    const make = (name: ResponderTable) => makeTable(this, name, settings);
    this.tables = {
      incidents: make('incidents'),
      'agent-decisions': make('agent-decisions'),
      remediations: make('remediations'),
      'llm-actions': make('llm-actions'),
      audit: make('audit'),
      state: make('state'),
    };
    this.archive = new Bucket(this, 'archive', {
      encryption: BucketEncryption.S3_MANAGED,
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      enforceSSL: true,
      removalPolicy: removal(settings),
      lifecycleRules: [
        {
          id: 'incidents-grow-cold',
          prefix: archivePrefixes.incidents,
          transitions: [{ storageClass: StorageClass.INFREQUENT_ACCESS, transitionAfter: Duration.days(30) }],
          expiration: Duration.days(400),
        },
        {
          // Kept where they are: a part is smaller than the 128 KB that colder storage charges at least.
          id: 'scans-expire',
          prefix: archivePrefixes.scans,
          expiration: Duration.days(settings.scanArchiveDays),
        },
        { id: 'unfinished-uploads', abortIncompleteMultipartUploadAfter: Duration.days(1) },
      ],
    });
    Validations.of(this.archive).acknowledge({
      id: 'AwsSolutions::AwsSolutions-S1',
      reason:
        'Server access logs need a second bucket with the same question; CloudTrail data events record who reads the archive where an account wants that.',
    });
  }
}

/** One table of the contract, with its indexes. */
export function makeTable(scope: Construct, name: TableName, settings: Settings): Table {
  const { partition, sort } = tableKeys[name];
  const table = new Table(scope, name, {
    tableName: resourceNames(settings.stage).table(name),
    partitionKey: text(partition),
    sortKey: text(sort),
    billingMode: BillingMode.PAY_PER_REQUEST,
    // A local cloud has nobody to keep the key from, and not each of them can make one.
    encryption: settings.local ? TableEncryption.DEFAULT : TableEncryption.AWS_MANAGED,
    pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
    timeToLiveAttribute,
    deletionProtection: settings.removalPolicy === 'retain',
    removalPolicy: removal(settings),
  });
  const indexes: Readonly<Record<string, Readonly<Record<string, { name: string; partition: string; sort: string }>>>> =
    tableIndexes;
  for (const index of Object.values(indexes[name] ?? {})) {
    table.addGlobalSecondaryIndex({
      indexName: index.name,
      partitionKey: text(index.partition),
      sortKey: text(index.sort),
    });
  }
  return table;
}

export function removal(settings: Settings): RemovalPolicy {
  return settings.removalPolicy === 'retain' ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY;
}
