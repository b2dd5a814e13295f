import { ResourceGroupsTaggingAPIClient } from '@aws-sdk/client-resource-groups-tagging-api';
import { enforceQuotas } from '../quota-middleware.ts';
import { clientSettings } from './client-settings.ts';

export const resourceTagsClient = (): ResourceGroupsTaggingAPIClient =>
  enforceQuotas(new ResourceGroupsTaggingAPIClient(clientSettings()));
