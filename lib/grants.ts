import { ArnFormat, type Stack } from 'aws-cdk-lib';
import type { Table } from 'aws-cdk-lib/aws-dynamodb';
import { archivePrefixes, noticeKey } from '../lambdas/contract/archive-keys.ts';
import { type FunctionName, resourceNames } from '../lambdas/contract/stage.ts';
import { type ResponderTable, tableIndexes } from '../lambdas/contract/tables.ts';
import { functionArn, logGroupArn, stateMachineArn } from './arns.ts';
import type { Grant } from './grant.ts';
import { mayAskModels } from './model-grants.ts';
import type { Notifications } from './notifications.ts';
import type { Records } from './records.ts';
import type { Settings } from './settings.ts';

const readActions = ['dynamodb:GetItem', 'dynamodb:Query'];
const writeActions = ['dynamodb:PutItem', 'dynamodb:UpdateItem'];
const whyOfIncidents = 'An incident has as many objects as it has evidence; the prefix is the limit.';
const takesNoResource = "CloudWatch's reading calls take no resource.";

/** Reading and writing of one table; a Scan is in nobody's rights. */
export function mayReadTable(table: Table): Grant {
  return { actions: readActions, resources: [table.tableArn] };
}
export function mayWriteTable(table: Table, more: readonly string[] = []): Grant {
  return { actions: [...writeActions, ...more], resources: [table.tableArn] };
}

/** The rights that the responder's functions are given, each as narrow as what it is for. */
export class Grants {
  private readonly stack: Stack;
  private readonly settings: Settings;
  private readonly records: Records;
  private readonly notifications: Notifications;

  constructor(stack: Stack, settings: Settings, records: Records, notifications: Notifications) {
    this.stack = stack;
    this.settings = settings;
    this.records = records;
    this.notifications = notifications;
  }

  /** Everything filed under incidents, for reading. */
  readRecords(): Grant[] {
    const of = (name: ResponderTable) => this.records.tables[name].tableArn;
    return [
      {
        actions: readActions,
        resources: [of('incidents'), of('agent-decisions'), of('remediations'), of('llm-actions'), of('audit')],
      },
      {
        actions: ['dynamodb:Query'],
        resources: (['incidents', 'remediations'] as const).flatMap((name) =>
          Object.values(tableIndexes[name]).map((index) => `${of(name)}/index/${index.name}`),
        ),
      },
    ];
  }

  /** Moving an incident: its row and its audit line, in one transaction. Audit lines are only ever added. */
  move(): Grant[] {
    const { incidents, audit } = this.records.tables;
    return [mayWriteTable(incidents), { actions: ['dynamodb:PutItem'], resources: [audit.tableArn] }];
  }

  /** The open locks: taken with an incident, listed by the sweep, freed at its end. */
  lock(): Grant[] {
    const actions = ['dynamodb:PutItem', 'dynamodb:DeleteItem', 'dynamodb:GetItem', 'dynamodb:Query'];
    return [{ actions, resources: [this.records.tables.state.tableArn] }];
  }

  lease(): Grant[] {
    return [{ actions: ['dynamodb:GetItem', 'dynamodb:UpdateItem'], resources: [this.records.tables.state.tableArn] }];
  }

  /** Writing and answering questions to people. */
  question(): Grant[] {
    return [mayWriteTable(this.records.tables.incidents)];
  }

  file(...names: readonly Extract<ResponderTable, 'agent-decisions' | 'remediations' | 'llm-actions'>[]) {
    return names.map((name) => mayWriteTable(this.records.tables[name]));
  }

  readArchive(): Grant[] {
    return [this.listArchive(), this.objects(`${archivePrefixes.incidents}*`, ['s3:GetObject'], whyOfIncidents)];
  }

  writeArchive(): Grant[] {
    return [this.objects(`${archivePrefixes.incidents}*`, ['s3:PutObject'], whyOfIncidents)];
  }

  detectorState(): Grant[] {
    const why = 'Detection names its shards itself; the prefix is the limit.';
    return [
      this.listArchive(),
      this.objects(`${archivePrefixes.detectorState}*`, ['s3:GetObject', 's3:PutObject'], why),
    ];
  }

  archiveScans(): Grant[] {
    const why = 'What scans read is kept by hour and shard; the prefix is the limit.';
    return [this.objects(`${archivePrefixes.scans}*`, ['s3:PutObject'], why)];
  }

  readSamples(): Grant[] {
    return [{ actions: ['cloudwatch:GetMetricData'], resources: ['*'], wildcard: takesNoResource }];
  }

  /** Which series are watched. */
  listSeries(): Grant[] {
    return [{ actions: ['cloudwatch:ListMetrics'], resources: ['*'], wildcard: takesNoResource }, ...this.readTags()];
  }

  /** Only where tags choose what is watched. */
  private readTags(): Grant[] {
    if (this.settings.watch.tags.trim() === '') return [];
    return [{ actions: ['tag:GetResources'], resources: ['*'], wildcard: 'Looking for tags takes no resource.' }];
  }

  /** The workload's own log groups and no other: our own logs are never evidence. */
  readLogs(): Grant[] {
    const names = resourceNames(this.settings.stage);
    return [
      {
        actions: ['logs:FilterLogEvents'],
        resources: [names.shopLogGroup('*'), names.changeLogGroup].map((group) => logGroupArn(this.stack, group)),
        wildcard: 'A group of the shop for each of its services, and a stream for each instance.',
      },
    ];
  }

  /** Where the workload has no control surface, the names of the watched metrics are what is known of it. */
  describeTarget(): Grant[] {
    return this.settings.fleet ? this.operateTarget() : this.listSeries();
  }

  /** Including its description. Nothing where there is no control surface. */
  operateTarget(): Grant[] {
    if (!this.settings.fleet) return [];
    return [this.mayInvoke('operate-fleet')];
  }

  scanShards(): Grant[] {
    return [this.mayInvoke('scan-shard')];
  }

  orchestrate(): Grant[] {
    const name = resourceNames(this.settings.stage).stateMachine;
    const execution = this.stack.formatArn({
      service: 'states',
      resource: 'execution',
      resourceName: `${name}:*`,
      arnFormat: ArnFormat.COLON_RESOURCE_NAME,
    });
    return [
      {
        actions: ['states:StartExecution', 'states:SendTaskSuccess'],
        resources: [stateMachineArn(this.stack, this.settings)],
      },
      {
        actions: ['states:DescribeExecution'],
        resources: [execution],
        wildcard: 'An execution has the name of its incident.',
      },
    ];
  }

  /** Telling people, and the mark that they were told. */
  notify(): Grant[] {
    const { topic, key } = this.notifications;
    const publish = { actions: ['sns:Publish'], resources: [topic.topicArn] };
    const marks = noticeKey({ incidentId: '*', what: '*' });
    const why = 'An incident has a mark for each thing that people are told of it.';
    const mark = [this.listArchive(), this.objects(marks, ['s3:GetObject', 's3:PutObject'], why)];
    if (key === null) return [...mark, publish];
    return [...mark, publish, { actions: ['kms:Decrypt', 'kms:GenerateDataKey'], resources: [key.keyArn] }];
  }

  askModels(): Grant[] {
    return mayAskModels(this.stack, this.settings, this.records.tables.state);
  }

  private mayInvoke(name: FunctionName): Grant {
    return { actions: ['lambda:InvokeFunction'], resources: [functionArn(this.stack, this.settings, name)] };
  }

  /** Objects of the archive whose keys begin so; `why` no narrower prefix will do. */
  private objects(prefix: string, actions: readonly ('s3:GetObject' | 's3:PutObject')[], why: string): Grant {
    return { actions, resources: [`${this.records.archive.bucketArn}/${prefix}`], wildcard: why };
  }

  /** Without the right to list, a missing object reads as forbidden instead of missing. */
  private listArchive(): Grant {
    return { actions: ['s3:ListBucket'], resources: [this.records.archive.bucketArn] };
  }
}
