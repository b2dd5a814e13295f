import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { FaultDefinition } from './definition.ts';
import { parseFaultFile } from './parse-fault-file.ts';

/**
 * Every fault of the catalogue folder, by name. For the command line and tests:
 * functions in the cloud are sent whole definitions and read no file.
 */
export function loadCatalogue(): readonly FaultDefinition[] {
  const folder = join(import.meta.dirname, 'catalogue');
  return readdirSync(folder)
    .filter((name) => /\.(ya?ml|json)$/.test(name))
    .sort()
    .map((name) => parseFaultFile(readFileSync(join(folder, name), 'utf8'), `catalogue/${name}`));
}
