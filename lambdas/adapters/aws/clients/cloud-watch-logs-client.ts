import { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs';
import { enforceQuotas } from '../quota-middleware.ts';
import { clientSettings } from './client-settings.ts';

export const cloudWatchLogsClient = (): CloudWatchLogsClient =>
  enforceQuotas(new CloudWatchLogsClient(clientSettings(30)));
