import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { type DeclaredLimit, declaredLimitsSchema } from '../lambdas/contract/declared-limits.ts';

/**
 * The limits that a person declared, a list in a YAML file.
 * @throws an Error with one line for each value that is wrong, or that the file cannot be read
 */
export function readLimitsFile(path: string): readonly DeclaredLimit[] {
  const parsed = declaredLimitsSchema.safeParse(contentOf(path));
  if (parsed.success) return parsed.data;
  throw new Error(
    parsed.error.issues
      .map(
        ({ path: at, message }) =>
          `context watchLimits: ${path}${at.length === 0 ? '' : ` ${at.join('.')}`}: ${message}`,
      )
      .join('\n'),
  );
}

function contentOf(path: string): unknown {
  try {
    return parse(readFileSync(path, 'utf8'));
  } catch (error) {
    const [reason] = (error instanceof Error ? error.message : String(error)).split('\n');
    throw new Error(`context watchLimits: ${path} cannot be read: ${reason}`);
  }
}
