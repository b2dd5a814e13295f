import { LambdaClient } from '@aws-sdk/client-lambda';
import { enforceQuotas } from '../quota-middleware.ts';
import { clientSettings } from './client-settings.ts';

/** Asked once: a scan that failed is made again by the next pass, and its deadline is the caller's. */
export const shardScanClient = (): LambdaClient =>
  enforceQuotas(new LambdaClient({ ...clientSettings(300), maxAttempts: 1 }));

export const lambdaClient = (): LambdaClient => enforceQuotas(new LambdaClient(clientSettings(30)));
