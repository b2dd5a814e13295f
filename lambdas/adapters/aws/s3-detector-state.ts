import { GetObjectCommand, PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import { archivePrefixes } from '../../contract/archive-keys.ts';
import type { DetectorState } from '../../ports/detector-state.ts';
import { httpStatus } from './http-status.ts';

/** Changed or made by another, being written by another, or gone: each means that ours is not the next state. */
const otherWriter = [412, 409, 404];

/** Detector state as one object a name; its ETag is the tag. */
export function s3DetectorState(client: S3Client, bucket: string): DetectorState {
  const keyOf = (name: string) => `${archivePrefixes.detectorState}${name}`;
  return {
    load: async (name, known) => {
      const condition = known === null ? {} : { IfNoneMatch: known };
      try {
        const command = new GetObjectCommand({ Bucket: bucket, Key: keyOf(name), ...condition });
        const { Body, ETag } = await client.send(command);
        if (Body === undefined || ETag === undefined) throw new Error(`${keyOf(name)} came without body or tag`);
        return { body: await Body.transformToByteArray(), tag: ETag };
      } catch (error) {
        const status = httpStatus(error);
        if (status === 304) return 'unchanged';
        if (status === 404) return null;
        throw error;
      }
    },
    save: async (name, body, tag) => {
      const condition = tag === null ? { IfNoneMatch: '*' } : { IfMatch: tag };
      try {
        const command = new PutObjectCommand({ Bucket: bucket, Key: keyOf(name), Body: body, ...condition });
        const { ETag } = await client.send(command);
        if (ETag === undefined) throw new Error(`${keyOf(name)} was saved without a tag`);
        return ETag;
      } catch (error) {
        const status = httpStatus(error);
        if (status !== null && otherWriter.includes(status)) return null;
        throw error;
      }
    },
  };
}
