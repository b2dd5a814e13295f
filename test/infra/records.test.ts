import { Match } from 'aws-cdk-lib/assertions';
import { describe, expect, it } from 'vitest';
import { tableIndexes, tableKeys, tableNames } from '../../lambdas/contract/tables.ts';
import { synthesise } from '../support/synthesise.ts';

const aws = synthesise('aws', { fleet: true }).template;
const local = synthesise('local').template;

describe('tables', () => {
  it.each(tableNames)('%s has the keys of the contract, is encrypted, recoverable and expires rows', (name) => {
    const { partition, sort } = tableKeys[name];
    aws.hasResourceProperties('AWS::DynamoDB::Table', {
      TableName: `kintsugi-${name}`,
      KeySchema: [
        { AttributeName: partition, KeyType: 'HASH' },
        { AttributeName: sort, KeyType: 'RANGE' },
      ],
      BillingMode: 'PAY_PER_REQUEST',
      SSESpecification: { SSEEnabled: true },
      PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
      TimeToLiveSpecification: { AttributeName: 'expiresAt', Enabled: true },
      DeletionProtectionEnabled: true,
    });
  });

  it.each(['incidents', 'remediations'] as const)('%s has the indexes of the contract', (name) => {
    const indexes = Object.values(tableIndexes[name]).map((index) =>
      Match.objectLike({
        IndexName: index.name,
        KeySchema: [
          { AttributeName: index.partition, KeyType: 'HASH' },
          { AttributeName: index.sort, KeyType: 'RANGE' },
        ],
        Projection: { ProjectionType: 'ALL' },
      }),
    );
    aws.hasResourceProperties('AWS::DynamoDB::Table', {
      TableName: `kintsugi-${name}`,
      GlobalSecondaryIndexes: Match.arrayWith(indexes),
    });
  });

  it('outlive the stack on AWS and go with it locally', () => {
    const policies = (template: typeof aws) =>
      new Set(Object.values(template.findResources('AWS::DynamoDB::Table')).map((table) => table['DeletionPolicy']));
    expect(policies(aws)).toEqual(new Set(['Retain']));
    expect(policies(local)).toEqual(new Set(['Delete']));
  });
});

describe('the archive', () => {
  it('is encrypted, private and grows cold', () => {
    aws.hasResourceProperties('AWS::S3::Bucket', {
      BucketEncryption: {
        ServerSideEncryptionConfiguration: [{ ServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' } }],
      },
      PublicAccessBlockConfiguration: {
        BlockPublicAcls: true,
        BlockPublicPolicy: true,
        IgnorePublicAcls: true,
        RestrictPublicBuckets: true,
      },
      LifecycleConfiguration: {
        Rules: Match.arrayWith([Match.objectLike({ Prefix: 'incidents/', ExpirationInDays: 400, Status: 'Enabled' })]),
      },
    });
  });

  it('keeps what scans read as long as it says to the command line', () => {
    const { template } = synthesise('aws', { scanArchiveDays: 30 });
    template.hasResourceProperties('AWS::S3::Bucket', {
      LifecycleConfiguration: {
        Rules: Match.arrayWith([Match.objectLike({ Prefix: 'scans/', ExpirationInDays: 30, Status: 'Enabled' })]),
      },
    });
    template.hasOutput('ScanArchiveDays', { Value: '30' });
  });

  it('refuses what comes without TLS', () => {
    aws.hasResourceProperties('AWS::S3::BucketPolicy', {
      PolicyDocument: {
        Statement: Match.arrayWith([
          Match.objectLike({ Effect: 'Deny', Action: 's3:*', Condition: { Bool: { 'aws:SecureTransport': 'false' } } }),
        ]),
      },
    });
  });
});
