import { snsClient } from '../adapters/aws/clients/sns-client.ts';
import { snsNotifier } from '../adapters/aws/sns-notifier.ts';
import { environment } from '../runtime/environment.ts';
import { archive } from './objects.ts';

export const notifier = snsNotifier(snsClient(), environment.KINTSUGI_TOPIC_ARN, archive);
