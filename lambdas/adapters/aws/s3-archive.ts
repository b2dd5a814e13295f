import { GetObjectCommand, PutObjectCommand, paginateListObjectsV2, type S3Client } from '@aws-sdk/client-s3';
import type { Archive } from '../../ports/archive.ts';
import { httpStatus } from './http-status.ts';

/** Bodies as objects that a person can open: JSON with its content type. */
export function s3Archive(client: S3Client, bucket: string): Archive {
  return {
    put: async (key, body) => {
      const contentType = key.endsWith('.json') ? 'application/json' : 'text/plain; charset=utf-8';
      await client.send(new PutObjectCommand({ Bucket: bucket, Key: key, Body: body, ContentType: contentType }));
    },
    get: async (key) => {
      try {
        const { Body } = await client.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
        return (await Body?.transformToString('utf-8')) ?? '';
      } catch (error) {
        if (httpStatus(error) === 404) return null;
        throw error;
      }
    },
    list: async (prefix) => {
      const keys: string[] = [];
      for await (const page of paginateListObjectsV2({ client }, { Bucket: bucket, Prefix: prefix })) {
        keys.push(...(page.Contents ?? []).flatMap(({ Key }) => (Key === undefined ? [] : [Key])));
      }
      return keys;
    },
  };
}
