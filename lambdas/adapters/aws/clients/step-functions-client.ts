import { SFNClient } from '@aws-sdk/client-sfn';
import { enforceQuotas } from '../quota-middleware.ts';
import { clientSettings } from './client-settings.ts';

export const stepFunctionsClient = (): SFNClient => enforceQuotas(new SFNClient(clientSettings()));
