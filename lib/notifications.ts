import { Stack } from 'aws-cdk-lib';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
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
  /** Null on a local cloud, which has nobody to keep it from. */
  readonly key: Key | null;

  constructor(scope: Construct, id: string, settings: Settings) {
    super(scope, id);
    this.key = settings.local ? null : this.makeKey(settings);
    this.topic = new Topic(this, 'topic', {
      topicName: resourceNames(settings.stage).topic,
      ...(this.key === null ? {} : { masterKey: this.key }),
      enforceSSL: true,
    });
    // The policy that refuses plain connections takes the place of the one that lets this account's services publish.
    this.topic.addToResourcePolicy(
      new PolicyStatement({
        actions: ['sns:Publish'],
        principals: [new ServicePrincipal('cloudwatch.amazonaws.com')],
        resources: [this.topic.topicArn],
        conditions: { StringEquals: { 'aws:SourceAccount': Stack.of(this).account } },
      }),
    );
    if (settings.notifyEmail !== undefined) this.topic.addSubscription(new EmailSubscription(settings.notifyEmail));
  }

  /** A key of its own, because alarms may not publish through the key that AWS manages for SNS. */
  private makeKey(settings: Settings): Key {
    const key = new Key(this, 'key', {
      description: `Encrypts the notifications of ${settings.stage}`,
      enableKeyRotation: true,
      removalPolicy: removal(settings),
    });
    key.grantEncryptDecrypt(new ServicePrincipal('cloudwatch.amazonaws.com'));
    return key;
  }
}
