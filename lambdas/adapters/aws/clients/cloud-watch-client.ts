import { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { enforceQuotas } from '../quota-middleware.ts';
import { clientSettings } from './client-settings.ts';

export const cloudWatchClient = (): CloudWatchClient => enforceQuotas(new CloudWatchClient(clientSettings(30)));
