import { Stack } from 'aws-cdk-lib';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { resourceNames } from '../lambdas/contract/stage.ts';
import { logGroupArn } from './arns.ts';
import { mayReadTable, mayWriteTable } from './grants.ts';
import { type FunctionGround, nodeFunction } from './node-function.ts';
import { makeTable, removal } from './records.ts';
import { deadLetterQueue, everyMinute } from './schedule.ts';

/** The simulated shop that is watched: a world of its own, with tables that the responder has no right to read. */
export class Workload extends Construct {
  readonly deadLetters: Queue;

  constructor(scope: Construct, id: string, ground: FunctionGround) {
    super(scope, id);
    const { settings } = ground;
    const names = resourceNames(settings.stage);
    const fleet = makeTable(this, 'fleet', settings);
    const faults = makeTable(this, 'faults', settings);
    new LogGroup(this, 'changes', {
      logGroupName: names.changeLogGroup,
      retention: settings.logRetentionDays,
      removalPolicy: removal(settings),
    });
    this.deadLetters = deadLetterQueue(this, 'dead-letters');

    const simulate = nodeFunction(this, ground, {
      name: 'simulate-fleet',
      description: 'Advances the simulated shop and publishes what a platform would',
      // The first pass after a deploy writes a day of history.
      timeoutSeconds: 300,
      memoryMegabytes: 1024,
      deadLetters: this.deadLetters,
      grants: [
        mayReadTable(fleet),
        mayWriteTable(fleet, ['dynamodb:DeleteItem']),
        mayReadTable(faults),
        {
          actions: ['cloudwatch:PutMetricData'],
          resources: ['*'],
          wildcard: 'PutMetricData takes no resource; the condition holds it to the namespaces of the shop.',
          conditions: { StringEquals: { 'cloudwatch:namespace': [names.serviceNamespace, names.instanceNamespace] } },
        },
        {
          actions: ['logs:CreateLogGroup', 'logs:CreateLogStream', 'logs:PutLogEvents', 'logs:PutRetentionPolicy'],
          resources: [
            logGroupArn(Stack.of(this), names.shopLogGroup('*')),
            logGroupArn(Stack.of(this), names.changeLogGroup),
          ],
          wildcard: 'A group for each service and a stream for each instance, made as they appear.',
        },
      ],
    });
    everyMinute(this, 'tick', simulate, this.deadLetters);

    nodeFunction(this, ground, {
      name: 'inject-fault',
      description: 'Starts, lists and ends faults of the simulated shop',
      timeoutSeconds: 30,
      memoryMegabytes: 256,
      grants: [mayReadTable(faults), mayWriteTable(faults, ['dynamodb:DeleteItem'])],
    });
    nodeFunction(this, ground, {
      name: 'operate-fleet',
      description: "The shop's control surface: describes it, and carries out an operator's requests",
      timeoutSeconds: 30,
      memoryMegabytes: 512,
      grants: [mayReadTable(fleet), mayWriteTable(fleet)],
    });
  }
}
