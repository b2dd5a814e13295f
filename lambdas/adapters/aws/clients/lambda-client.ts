import { LambdaClient } from '@aws-sdk/client-lambda';
import { enforceQuotas } from '../quota-middleware.ts';
import { clientSettings } from './client-settings.ts';

export const lambdaClient = (): LambdaClient => enforceQuotas(new LambdaClient(clientSettings(30)));
