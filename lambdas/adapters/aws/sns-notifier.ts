import { PublishCommand, type SNSClient } from '@aws-sdk/client-sns';
import type { Notifier } from '../../ports.ts';

/** Messages to the people who subscribed to the topic. */
export function snsNotifier(client: SNSClient, topicArn: string): Notifier {
  return {
    notify: async ({ subject, body }) => {
      await client.send(new PublishCommand({ TopicArn: topicArn, Subject: plainSubject(subject), Message: body }));
    },
  };
}

/** A subject is mail's: fewer than 100 printable ASCII characters. */
const plainSubject = (subject: string): string =>
  subject
    .replace(/[^ -~]+/g, ' ')
    .trim()
    .slice(0, 99) || 'Kintsugi';
