import { Duration, Validations } from 'aws-cdk-lib';
import { Rule, Schedule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction as LambdaTarget } from 'aws-cdk-lib/aws-events-targets';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';

/** A queue for events that were given up. */
export function deadLetterQueue(scope: Construct, id: string): Queue {
  const queue = new Queue(scope, id, {
    encryption: QueueEncryption.SQS_MANAGED,
    enforceSSL: true,
    retentionPeriod: Duration.days(14),
  });
  Validations.of(queue).acknowledge({
    id: 'AwsSolutions::AwsSolutions-SQS3',
    reason: 'It is itself where events of a rule and of a function end.',
  });
  return queue;
}

/** Invokes the function every minute; a tick that could not be delivered is worth nothing a minute later. */
export function everyMinute(scope: Construct, id: string, invoked: IFunction, deadLetters: Queue): Rule {
  return new Rule(scope, id, {
    schedule: Schedule.rate(Duration.minutes(1)),
    targets: [
      new LambdaTarget(invoked, {
        retryAttempts: 0,
        maxEventAge: Duration.seconds(60),
        deadLetterQueue: deadLetters,
      }),
    ],
  });
}
