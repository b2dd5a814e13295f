import { TagResourcesCommand, UntagResourcesCommand } from '@aws-sdk/client-resource-groups-tagging-api';
import { CreateTopicCommand, DeleteTopicCommand } from '@aws-sdk/client-sns';
import { DeleteCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { describe, expect, inject, it } from 'vitest';
import { cloudWatchTelemetry } from '../../lambdas/adapters/aws/cloud-watch-telemetry.ts';
import { dynamoRecords } from '../../lambdas/adapters/aws/dynamo/records.ts';
import { approvalPrefix } from '../../lambdas/adapters/aws/dynamo/rows.ts';
import { s3Archive } from '../../lambdas/adapters/aws/s3-archive.ts';
import { s3DetectorState } from '../../lambdas/adapters/aws/s3-detector-state.ts';
import { s3ScanArchive } from '../../lambdas/adapters/aws/s3-scan-archive.ts';
import { systemClock } from '../../lambdas/adapters/aws/system-clock.ts';
import { countingIds } from '../../lambdas/adapters/memory/ids.ts';
import { declaredLimitsSchema } from '../../lambdas/contract/declared-limits.ts';
import { resourceNames } from '../../lambdas/contract/stage.ts';
import type { OnUnreadable } from '../../lambdas/ports/incidents.ts';
import { identifyCloud } from '../../scripts/cloud/identify-cloud.ts';
import { AwsCloud } from '../support/aws-cloud.ts';
import { openIncident, pendingApproval } from '../support/record-examples.ts';
import { describeArchive } from './archive.ts';
import { describeDetectorState } from './detector-state.ts';
import { describeLeases } from './leases.ts';
import { describeLessons } from './lessons.ts';
import { describeModelGate } from './model-gate.ts';
import { describeMutes } from './mutes.ts';
import { describeRecords } from './records.ts';
import { describeScanArchive } from './scan-archive.ts';
import { describeTaggedResources } from './tagged-resources.ts';
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

it('lists incidents around a row that is none, and tells of that one', async () => {
  const { incidents, transitions } = await records();
  const ids = countingIds(systemClock);
  const sound = openIncident(ids.incident(), 'sound', systemClock.now());
  const broken = openIncident(ids.incident(), 'broken', systemClock.now());
  for (const incident of [sound, broken]) await transitions.open(incident, [], 'detector');
  const row = {
    TableName: resourceNames(cloud.stage).table('incidents'),
    Key: { incidentId: broken.id, item: 'incident' },
  };
  await cloud.dynamo.send(
    new UpdateCommand({ ...row, UpdateExpression: 'SET kind = :kind', ExpressionAttributeValues: { ':kind': 'odd' } }),
  );
  for (const list of [
    incidents.listLocked,
    (onUnreadable?: OnUnreadable) => incidents.listByState('open', 1000, onUnreadable),
  ]) {
    const unreadable: string[] = [];
    const listed = (await list((id) => unreadable.push(id))).map(({ id }) => id);
    expect(listed).toContain(sound.id);
    expect(listed).not.toContain(broken.id);
    expect(unreadable).toEqual([broken.id]);
    await expect(list()).rejects.toThrow('kind');
  }
  await cloud.dynamo.send(new DeleteCommand(row));
  for (const incident of [sound, broken]) await transitions.unlock(incident);
});

it('lists pending questions around a row that is none, and tells of that one', async () => {
  const { incidents, transitions } = await records();
  const ids = countingIds(systemClock);
  const [sound, broken] = [ids.incident(), ids.incident()];
  const now = systemClock.now();
  for (const [index, id] of [sound, broken].entries()) {
    await transitions.open(openIncident(id, `asks-${index}`, now), [], 'detector');
    await transitions.askPerson(pendingApproval(id, 1, now));
  }
  const [question] = await incidents.approvals(broken);
  expect(question?.status).toBe('pending');
  const TableName = resourceNames(cloud.stage).table('incidents');
  const row = { TableName, Key: { incidentId: broken, item: `${approvalPrefix}01` } };
  await cloud.dynamo.send(
    new UpdateCommand({
      ...row,
      UpdateExpression: 'SET summary = :none',
      ConditionExpression: 'attribute_exists(incidentId)',
      ExpressionAttributeValues: { ':none': 0 },
    }),
  );
  const unreadable: string[] = [];
  const listed = await incidents.pendingApprovals((id) => unreadable.push(id));
  expect(listed.map(({ incidentId }) => incidentId)).toContain(sound);
  expect(unreadable).toEqual([broken]);
  await expect(incidents.pendingApprovals()).rejects.toThrow('summary');
  await cloud.dynamo.send(new DeleteCommand(row));
});

describeTelemetry('aws', async () => {
  const { serviceNamespace, instanceNamespace } = resourceNames(cloud.stage);
  return {
    telemetry: cloudWatchTelemetry(cloud, cloud.stage, {
      KINTSUGI_WATCH_NAMESPACES: [],
      KINTSUGI_WATCH_DIMENSIONS: [],
      KINTSUGI_WATCH_TAGS: [],
      KINTSUGI_WATCH_LIMITS: [],
    }),
    base: Math.floor(Date.now() / 300_000) * 300_000 - 600_000,
    publish: (published) => cloud.publish(published),
    namespaces: { service: serviceNamespace, instance: instanceNamespace },
  };
});

// LocalStack answers, and lists nothing that has tags: topics, tables and state machines were tried.
const answer = await identifyCloud(inject('endpoint'));
const listsTags = answer.state === 'cloud' && answer.kind !== 'localstack';

describe.skipIf(!listsTags)('a cloud that lists tags', () => {
  describeTaggedResources('aws', async () => ({
    resources: cloud.resources,
    makeTopic: async (name) => {
      const { TopicArn = '' } = await cloud.topics.send(new CreateTopicCommand({ Name: `${cloud.stage}-${name}` }));
      return TopicArn;
    },
    tag: async (arn, tags) => {
      const Tags = Object.fromEntries(tags.map(({ name, value }) => [name, value]));
      await cloud.tags.send(new TagResourcesCommand({ ResourceARNList: [arn], Tags }));
    },
    untag: async (arn, names) => {
      await cloud.tags.send(new UntagResourcesCommand({ ResourceARNList: [arn], TagKeys: [...names] }));
    },
    remove: async (arn) => {
      await cloud.topics.send(new DeleteTopicCommand({ TopicArn: arn }));
    },
  }));

  it('watches topics that have a tag, and what a limit is declared for', async () => {
    const team = { name: 'team', value: `watched-${cloud.stage}` };
    const [tagged, other] = [`${cloud.stage}-tagged`, `${cloud.stage}-other`];
    const { TopicArn = '' } = await cloud.topics.send(
      new CreateTopicCommand({ Name: tagged, Tags: [{ Key: team.name, Value: team.value }] }),
    );
    await cloud.topics.send(new CreateTopicCommand({ Name: other }));
    const at = Date.now() - (Date.now() % 60_000) - 60_000;
    const published = (metric: string, value: number, ...names: readonly (readonly [string, string])[]) => ({
      namespace: 'AWS/SNS',
      metric,
      dimensions: names.map(([name, value]) => ({ name, value })),
      at,
      value,
    });
    const ofAccount = `Used-${cloud.stage}`;
    await cloud.publish({
      metrics: [
        published('NumberOfMessagesPublished', 5, ['TopicName', tagged]),
        published('NumberOfMessagesPublished', 6, ['TopicName', other]),
        published(ofAccount, 70),
      ],
      logs: [],
      changes: [],
    });
    const telemetry = cloudWatchTelemetry(cloud, cloud.stage, {
      KINTSUGI_WATCH_NAMESPACES: ['AWS/SNS'],
      KINTSUGI_WATCH_DIMENSIONS: [{ name: 'Team', value: 'of no topic' }],
      KINTSUGI_WATCH_TAGS: [team],
      KINTSUGI_WATCH_LIMITS: declaredLimitsSchema.parse([{ namespace: 'AWS/SNS', metric: ofAccount, limit: 100 }]),
    });
    // The stage's own shop, of which other tests publish, is watched as ever.
    const list = async () => (await telemetry.listSeries()).filter(({ namespace }) => namespace === 'AWS/SNS');
    const series = await list();
    expect(series.map(({ service, metric, limit }) => [service, metric, limit?.value]).sort()).toEqual(
      [
        [tagged, 'NumberOfMessagesPublished', undefined],
        ['aws-sns', ofAccount, 100],
      ].sort(),
    );
    const samples = await telemetry.readSamples({ series, from: at, to: at + 60_000, periodSeconds: 60 });
    expect(series.map(({ id }) => samples.get(id))).toEqual(
      series.map(({ service }) => [{ at, value: service === tagged ? 5 : 70 }]),
    );
    await cloud.tags.send(new UntagResourcesCommand({ ResourceARNList: [TopicArn], TagKeys: [team.name] }));
    expect((await list()).map(({ service }) => service)).toEqual(['aws-sns']);
  });
});
