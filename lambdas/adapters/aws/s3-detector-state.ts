import { GetObjectCommand, PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import { archivePrefixes } from '../../contract/archive-keys.ts';
import type { DetectorState } from '../../ports.ts';
import { httpStatus } from './http-status.ts';

/** Changed or made by another, being written by another, or gone: each means that ours is not the next state. */
const otherWriter = [412, 409, 404];

/** Detector state as one object a shard; its ETag is the tag. */
export function s3DetectorState(client: S3Client, bucket: string): DetectorState {
  const keyOf = (shard: string) => `${archivePrefixes.detectorState}${shard}`;
  return {
    load: async (shard) => {
      try {
        const { Body, ETag } = await client.send(new GetObjectCommand({ Bucket: bucket, Key: keyOf(shard) }));
        if (Body === undefined || ETag === undefined) throw new Error(`${keyOf(shard)} came without body or tag`);
        return { body: await Body.transformToByteArray(), tag: ETag };
      } catch (error) {
        if (httpStatus(error) === 404) return null;
        throw error;
      }
    },
    save: async (shard, body, tag) => {
      const condition = tag === null ? { IfNoneMatch: '*' } : { IfMatch: tag };
      try {
        await client.send(new PutObjectCommand({ Bucket: bucket, Key: keyOf(shard), Body: body, ...condition }));
        return true;
      } catch (error) {
        const status = httpStatus(error);
        if (status !== null && otherWriter.includes(status)) return false;
        throw error;
      }
    },
  };
}
