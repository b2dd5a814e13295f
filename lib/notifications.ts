import { ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { Construct } from 'constructs';
import { resourceNames } from '../lambdas/contract/stage.ts';
import { removal } from './records.ts';
import type { Settings } from './settings.ts';

/** Where people hear of escalations, questions and alarms. */
export class Notifications extends Construct {
  readonly topic: Topic;
  readonly key: Key;

  constructor(scope: Construct, id: string, settings: Settings) {
    super(scope, id);
    // A key of its own, because alarms may not publish through the key that AWS manages for SNS.
    this.key = new Key(this, 'key', {
      description: `Encrypts the notifications of ${settings.stage}`,
      enableKeyRotation: true,
      removalPolicy: removal(settings),
    });
    this.key.grantEncryptDecrypt(new ServicePrincipal('cloudwatch.amazonaws.com'));
    this.topic = new Topic(this, 'topic', {
      topicName: resourceNames(settings.stage).topic,
      masterKey: this.key,
      enforceSSL: true,
    });
    if (settings.notifyEmail !== undefined) this.topic.addSubscription(new EmailSubscription(settings.notifyEmail));
  }
}
