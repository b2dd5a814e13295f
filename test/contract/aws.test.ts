import { inject } from 'vitest';
import { cloudWatchTelemetry } from '../../lambdas/adapters/aws/cloud-watch-telemetry.ts';
import { dynamoRecords } from '../../lambdas/adapters/aws/dynamo/records.ts';
import { s3Archive } from '../../lambdas/adapters/aws/s3-archive.ts';
import { s3DetectorState } from '../../lambdas/adapters/aws/s3-detector-state.ts';
import { s3ScanArchive } from '../../lambdas/adapters/aws/s3-scan-archive.ts';
import { systemClock } from '../../lambdas/adapters/aws/system-clock.ts';
import { resourceNames } from '../../lambdas/contract/stage.ts';
import { watchedMetrics } from '../../lambdas/contract/watched-metrics.ts';
import { AwsCloud } from '../support/aws-cloud.ts';
import { describeArchive } from './archive.ts';
import { describeDetectorState } from './detector-state.ts';
import { describeLeases } from './leases.ts';
import { describeLessons } from './lessons.ts';
import { describeModelGate } from './model-gate.ts';
import { describeMutes } from './mutes.ts';
import { describeRecords } from './records.ts';
import { describeScanArchive } from './scan-archive.ts';
import { describeTelemetry } from './telemetry.ts';

const cloud = new AwsCloud(inject('endpoint'));
const tables = cloud.makeTables('incidents', 'agent-decisions', 'remediations', 'llm-actions', 'audit', 'state');

const records = async () => {
  await tables;
  return dynamoRecords(cloud.dynamo, cloud.stage, systemClock);
};

describeArchive('aws', async () => s3Archive(cloud.objects, await cloud.makeBucket()));
describeDetectorState('aws', async () => s3DetectorState(cloud.objects, await cloud.makeBucket()));
describeScanArchive('aws', async () => s3ScanArchive(cloud.objects, await cloud.makeBucket()));
describeLeases('aws', async () => (await records()).leases);
describeLessons('aws', async () => (await records()).lessons);
describeModelGate('aws', async () => (await records()).sharedRows);
describeMutes('aws', async () => (await records()).mutes);
describeRecords('aws', records);
describeTelemetry('aws', async () => {
  const { serviceNamespace, instanceNamespace } = resourceNames(cloud.stage);
  return {
    telemetry: cloudWatchTelemetry(
      cloud,
      cloud.stage,
      watchedMetrics(cloud.stage, { KINTSUGI_WATCH_NAMESPACES: [], KINTSUGI_WATCH_DIMENSIONS: [] }),
    ),
    base: Math.floor(Date.now() / 300_000) * 300_000 - 600_000,
    publish: (published) => cloud.publish(published),
    namespaces: { service: serviceNamespace, instance: instanceNamespace },
  };
});
