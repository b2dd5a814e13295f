import type { CloudTarget } from './guard.ts';
import { LOCAL_ACCESS_KEY, LOCAL_REGION } from './local-environment.ts';

/** What an SDK client is made with, e.g. `new DynamoDBClient(sdkSettings(target))`. On AWS the SDK finds its own way. */
export type SdkSettings = {
  endpoint?: string;
  region?: string;
  credentials?: { accessKeyId: string; secretAccessKey: string };
  /** Only S3 looks at this one: a bucket is a path on the local clouds, not a host name. */
  forcePathStyle?: boolean;
};

export function sdkSettings(target: CloudTarget): SdkSettings {
  if (target.kind === 'aws') return {};
  return {
    endpoint: target.endpoint,
    region: LOCAL_REGION,
    credentials: { accessKeyId: LOCAL_ACCESS_KEY, secretAccessKey: LOCAL_ACCESS_KEY },
    forcePathStyle: true,
  };
}
