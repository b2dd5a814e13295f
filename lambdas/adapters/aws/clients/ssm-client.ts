import { SSMClient } from '@aws-sdk/client-ssm';
import { enforceQuotas } from '../quota-middleware.ts';
import { clientSettings } from './client-settings.ts';

export const ssmClient = (): SSMClient => enforceQuotas(new SSMClient(clientSettings()));
