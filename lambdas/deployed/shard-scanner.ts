import { shardScanClient } from '../adapters/aws/clients/lambda-client.ts';
import { lambdaShardScanner } from '../adapters/aws/lambda-shard-scanner.ts';
import { resourceNames } from '../contract/stage.ts';
import { shardDeadlineSeconds } from '../detection/scan-loop.ts';
import { environment } from '../runtime/environment.ts';

export const shardScanner = lambdaShardScanner(
  shardScanClient(),
  resourceNames(environment.KINTSUGI_STAGE).function('scan-shard'),
  shardDeadlineSeconds(environment.KINTSUGI_SCAN_INTERVAL_SECONDS),
);
