import { GetObjectCommand, PutObjectCommand, paginateListObjectsV2, type S3Client } from '@aws-sdk/client-s3';
import { archivePrefixes } from '../../contract/archive-keys.ts';
import type { ScanArchive } from '../../ports/scan-archive.ts';
import { gunzipText, gzipText } from '../gzip-text.ts';
import { httpStatus } from './http-status.ts';

/** Objects that any tool can open: JSON, compressed with gzip. */
export function s3ScanArchive(client: S3Client, bucket: string): ScanArchive {
  const keyOf = (name: string) => `${archivePrefixes.scans}${name}`;
  return {
    put: async (name, text) => {
      const Body = await gzipText(text);
      const ContentType = 'application/gzip';
      await client.send(new PutObjectCommand({ Bucket: bucket, Key: keyOf(name), Body, ContentType }));
    },
    get: async (name) => {
      try {
        const { Body } = await client.send(new GetObjectCommand({ Bucket: bucket, Key: keyOf(name) }));
        if (Body === undefined) throw new Error(`${keyOf(name)} came without body`);
        return await gunzipText(await Body.transformToByteArray());
      } catch (error) {
        if (httpStatus(error) === 404) return null;
        throw error;
      }
    },
    list: async (prefix) => {
      const names: string[] = [];
      for await (const page of paginateListObjectsV2({ client }, { Bucket: bucket, Prefix: keyOf(prefix) })) {
        for (const { Key } of page.Contents ?? []) {
          if (Key !== undefined) names.push(Key.slice(archivePrefixes.scans.length));
        }
      }
      return names.sort();
    },
  };
}
