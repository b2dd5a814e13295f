import type { ScanArchive } from '../../ports/scan-archive.ts';
import { gunzipText, gzipText } from '../gzip-text.ts';

export const memoryScanArchive = (): ScanArchive & { readonly bodies: ReadonlyMap<string, Uint8Array> } => {
  const bodies = new Map<string, Uint8Array>();
  return {
    bodies,
    put: async (name, text) => {
      bodies.set(name, await gzipText(text));
    },
    get: async (name) => {
      const body = bodies.get(name);
      return body === undefined ? null : gunzipText(body);
    },
    list: async (prefix) => [...bodies.keys()].filter((name) => name.startsWith(prefix)).sort(),
  };
};
