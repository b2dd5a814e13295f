import { ArnFormat, type Stack } from 'aws-cdk-lib';
import type { Table } from 'aws-cdk-lib/aws-dynamodb';
import { archivePrefixes, noticeKey } from '../lambdas/contract/archive-keys.ts';
import { keyParameter } from '../lambdas/contract/model-settings.ts';
import { type FunctionName, resourceNames } from '../lambdas/contract/stage.ts';
import { type ResponderTable, tableIndexes } from '../lambdas/contract/tables.ts';
import type { Grant } from './grant.ts';
import type { Notifications } from './notifications.ts';
import type { Records } from './records.ts';
import type { Settings } from './settings.ts';

const readActions = ['dynamodb:GetItem', 'dynamodb:Query'];
const writeActions = ['dynamodb:PutItem', 'dynamodb:UpdateItem'];
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
    const { bucketArn } = this.records.archive;
    return [
      this.listArchive(),
      {
        actions: ['s3:GetObject'],
        resources: [`${bucketArn}/${archivePrefixes.incidents}*`],
        wildcard: 'An incident has as many objects as it has evidence; the prefix is the limit.',
      },
    ];
  }

  writeArchive(): Grant[] {
    const { bucketArn } = this.records.archive;
    return [
      {
        actions: ['s3:PutObject'],
        resources: [`${bucketArn}/${archivePrefixes.incidents}*`],
        wildcard: 'An incident has as many objects as it has evidence; the prefix is the limit.',
      },
    ];
  }

  detectorState(): Grant[] {
    const { bucketArn } = this.records.archive;
    return [
      this.listArchive(),
      {
        actions: ['s3:GetObject', 's3:PutObject'],
        resources: [`${bucketArn}/${archivePrefixes.detectorState}*`],
        wildcard: 'Detection names its shards itself; the prefix is the limit.',
      },
    ];
  }

  archiveScans(): Grant[] {
    const { bucketArn } = this.records.archive;
    return [
      {
        actions: ['s3:PutObject'],
        resources: [`${bucketArn}/${archivePrefixes.scans}*`],
        wildcard: 'What scans read is kept by hour and shard; the prefix is the limit.',
      },
    ];
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
        resources: [names.shopLogGroup('*'), names.changeLogGroup].map((group) => this.logGroupArn(group)),
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
    return [{ actions: ['lambda:InvokeFunction'], resources: [this.functionArn('operate-fleet')] }];
  }

  scanShards(): Grant[] {
    return [{ actions: ['lambda:InvokeFunction'], resources: [this.functionArn('scan-shard')] }];
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
    const { bucketArn } = this.records.archive;
    const mark = [
      this.listArchive(),
      {
        actions: ['s3:GetObject', 's3:PutObject'],
        resources: [`${bucketArn}/${noticeKey({ incidentId: '*', what: '*' })}`],
        wildcard: 'An incident has a mark for each thing that people are told of it.',
      },
    ];
    if (key === null) return [...mark, publish];
    return [...mark, publish, { actions: ['kms:Decrypt', 'kms:GenerateDataKey'], resources: [key.keyArn] }];
  }

  /** The keys of the models that are asked, the models on Bedrock among them, and the rows that limit them and tell what was learnt. */
  askModels(): Grant[] {
    const { providers } = this.settings.models.settings;
    if (providers.length === 0) return [];
    const keys = providers
      .filter(({ keyed }) => keyed)
      .map(({ name }) => keyParameter(this.settings.stage, name).slice(1));
    return [
      {
        actions: ['dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:Query', 'dynamodb:UpdateItem'],
        resources: [this.records.tables.state.tableArn],
      },
      ...keys.map((resourceName) => ({
        actions: ['ssm:GetParameter'],
        resources: [this.stack.formatArn({ service: 'ssm', resource: 'parameter', resourceName })],
      })),
      ...providers.filter(({ name }) => name === 'bedrock').map(({ models }) => this.invoke(Object.values(models))),
    ];
  }

  /** These models and no other. An inference profile is invoked as itself and as the model, in whichever region it picks. */
  private invoke(models: readonly string[]): Grant {
    const profile = /^(us|us-gov|eu|apac|jp|au|ca|global)\./;
    const foundation = (model: string, region?: string) =>
      this.stack.formatArn({
        service: 'bedrock',
        account: '',
        ...(region === undefined ? {} : { region }),
        resource: 'foundation-model',
        resourceName: model,
      });
    const resources = [...new Set(models)].flatMap((model) =>
      profile.test(model)
        ? [
            this.stack.formatArn({ service: 'bedrock', resource: 'inference-profile', resourceName: model }),
            foundation(model.replace(profile, ''), '*'),
          ]
        : [foundation(model)],
    );
    return {
      actions: ['bedrock:InvokeModel'],
      resources,
      ...(resources.some((resource) => resource.includes('*'))
        ? { wildcard: 'An inference profile picks the region of its model itself; the model is named.' }
        : {}),
    };
  }

  /** Without the right to list, a missing object reads as forbidden instead of missing. */
  private listArchive(): Grant {
    return { actions: ['s3:ListBucket'], resources: [this.records.archive.bucketArn] };
  }

  private functionArn(name: FunctionName): string {
    return this.stack.formatArn({
      service: 'lambda',
      resource: 'function',
      resourceName: resourceNames(this.settings.stage).function(name),
      arnFormat: ArnFormat.COLON_RESOURCE_NAME,
    });
  }

  private logGroupArn(name: string): string {
    return logGroupArn(this.stack, name);
  }
}

export function logGroupArn(stack: Stack, name: string): string {
  return stack.formatArn({
    service: 'logs',
    resource: 'log-group',
    resourceName: `${name}:*`,
    arnFormat: ArnFormat.COLON_RESOURCE_NAME,
  });
}

/** By name, because the functions of the machine know it and the machine knows the functions. */
export function stateMachineArn(stack: Stack, settings: Settings): string {
  return stack.formatArn({
    service: 'states',
    resource: 'stateMachine',
    resourceName: resourceNames(settings.stage).stateMachine,
    arnFormat: ArnFormat.COLON_RESOURCE_NAME,
  });
}
