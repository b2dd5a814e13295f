import { SNSClient } from '@aws-sdk/client-sns';
import { enforceQuotas } from '../quota-middleware.ts';
import { clientSettings } from './client-settings.ts';

export const snsClient = (): SNSClient => enforceQuotas(new SNSClient(clientSettings()));
