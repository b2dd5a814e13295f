import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import type { z } from 'zod';

/**
 * A YAML file that a person edits.
 * @param called how the person knows the file; each complaint begins with it
 * @throws an Error with one line for each value that is wrong, or that the file cannot be read
 */
export function readYamlFile<Schema extends z.ZodType>(path: string, schema: Schema, called: string): z.output<Schema> {
  const parsed = schema.safeParse(contentOf(path, called));
  if (parsed.success) return parsed.data;
  throw new Error(
    parsed.error.issues
      .map(({ path: at, message }) => `${[called, at.join('.')].filter((part) => part !== '').join(' ')}: ${message}`)
      .join('\n'),
  );
}

function contentOf(path: string, called: string): unknown {
  try {
    return parse(readFileSync(path, 'utf8'));
  } catch (error) {
    const [reason] = (error instanceof Error ? error.message : String(error)).split('\n');
    throw new Error(`${called} cannot be read: ${reason}`, { cause: error });
  }
}
