import { promisify } from 'node:util';
import { gunzip, gzip } from 'node:zlib';

const compress = promisify(gzip);
const decompress = promisify(gunzip);

export const gzipText = (text: string): Promise<Uint8Array> => compress(text);
export const gunzipText = async (body: Uint8Array): Promise<string> => (await decompress(body)).toString('utf-8');
