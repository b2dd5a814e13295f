import { s3Client } from '../adapters/aws/clients/s3-client.ts';
import { s3Archive } from '../adapters/aws/s3-archive.ts';
import { s3DetectorState } from '../adapters/aws/s3-detector-state.ts';
import { s3ScanArchive } from '../adapters/aws/s3-scan-archive.ts';
import { environment } from '../runtime/environment.ts';

const client = s3Client(environment.AWS_ENDPOINT_URL !== undefined);
const bucket = environment.KINTSUGI_ARCHIVE_BUCKET;

export const archive = s3Archive(client, bucket);
export const detectorState = s3DetectorState(client, bucket);
export const scanArchive = s3ScanArchive(client, bucket);
