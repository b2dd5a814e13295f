import { S3Client } from '@aws-sdk/client-s3';
import { s3DetectorState } from '../../lambdas/adapters/aws/s3-detector-state.ts';
import { stackOutputs } from '../../lambdas/contract/stage.ts';
import { overviewName } from '../../lambdas/detection/detect-anomalies.ts';
import { decodeOverview, type ScanStatus, scanStatus } from '../../lambdas/domain/anomaly/overview.ts';
import type { CloudTarget } from './guard.ts';
import { sdkSettings } from './sdk-settings.ts';
import type { StackState } from './stack.ts';

/** How the last whole pass of detection went, as it noted itself; null when there was none. */
export async function scanOverview(target: CloudTarget, { outputs }: StackState): Promise<ScanStatus | null> {
  const bucket = outputs.get(stackOutputs.archiveBucket);
  if (bucket === undefined) return null;
  const client = new S3Client(sdkSettings(target));
  try {
    const stored = await s3DetectorState(client, bucket).load(overviewName, null);
    const overview = stored === null || stored === 'unchanged' ? null : decodeOverview(stored.body);
    return overview === null ? null : scanStatus(overview);
  } finally {
    client.destroy();
  }
}
