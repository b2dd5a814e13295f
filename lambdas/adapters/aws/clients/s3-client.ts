import { S3Client } from '@aws-sdk/client-s3';
import { enforceQuotas } from '../quota-middleware.ts';
import { clientSettings } from './client-settings.ts';

/** Local clouds have no host name per bucket, so there the bucket is a part of the path. */
export const s3Client = (localEndpoint: boolean): S3Client =>
  enforceQuotas(new S3Client({ ...clientSettings(), forcePathStyle: localEndpoint }));
