import { mkdirSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const folder = fileURLToPath(new URL('./results/', import.meta.url));

/** Keeps the last figures of a benchmark beside it, as bench/results/<name>.json, and says where. */
export function saveResult(name: string, result: unknown): string {
  mkdirSync(folder, { recursive: true });
  const file = `${folder}${name}.json`;
  writeFileSync(file, `${JSON.stringify(result, null, 2)}\n`);
  return file;
}
