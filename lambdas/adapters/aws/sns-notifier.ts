import { PublishCommand, type SNSClient } from '@aws-sdk/client-sns';
import type { Archive } from '../../ports/archive.ts';
import type { Notifier } from '../../ports/notifier.ts';

/** Messages to the people who subscribed to the topic; a mark in the archive, set after the message, keeps them from hearing twice. */
export function snsNotifier(client: SNSClient, topicArn: string, archive: Pick<Archive, 'get' | 'put'>): Notifier {
  return {
    notify: async ({ key, subject, body }) => {
      if ((await archive.get(key)) !== null) return;
      await client.send(new PublishCommand({ TopicArn: topicArn, Subject: plainSubject(subject), Message: body }));
      await archive.put(key, JSON.stringify({ subject, body }));
    },
  };
}

/** A subject is mail's: fewer than 100 printable ASCII characters. */
const plainSubject = (subject: string): string =>
  subject
    .replace(/[^ -~]+/g, ' ')
    .trim()
    .slice(0, 99) || 'Kintsugi';
