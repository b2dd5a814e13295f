import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { type ModelFile, modelFileSchema } from '../lambdas/contract/model-settings.ts';

/**
 * The models and prices that a person edits, `models.yaml` at the root.
 * @throws an Error with one line for each value that is wrong
 */
export function readModelFile(path: string = join(import.meta.dirname, '..', 'models.yaml')): ModelFile {
  const parsed = modelFileSchema.safeParse(parse(readFileSync(path, 'utf8')));
  if (parsed.success) return parsed.data;
  throw new Error(
    parsed.error.issues.map(({ path: at, message }) => `models.yaml ${at.join('.')}: ${message}`).join('\n'),
  );
}
