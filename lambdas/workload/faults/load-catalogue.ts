// biome-ignore lint/style/noRestrictedImports: the one place that reads the catalogue's files; the physics never imports it.
import { readdirSync, readFileSync } from 'node:fs';
import type { FaultDefinition } from './definition.ts';
import { parseFaultFile } from './parse-fault-file.ts';

/**
 * Every fault of the catalogue folder, by name. For the command line and tests:
 * functions in the cloud are sent whole definitions and read no file.
 */
export function loadCatalogue(): readonly FaultDefinition[] {
  const folder = new URL('./catalogue/', import.meta.url);
  return readdirSync(folder)
    .filter((name) => /\.(ya?ml|json)$/.test(name))
    .sort()
    .map((name) => parseFaultFile(readFileSync(new URL(name, folder), 'utf8'), `catalogue/${name}`));
}
