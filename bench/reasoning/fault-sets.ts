import { readdirSync, readFileSync } from 'node:fs';
import type { FaultDefinition } from '../../lambdas/workload/faults/definition.ts';
import { loadCatalogue } from '../../lambdas/workload/faults/load-catalogue.ts';
import { parseFaultFile } from '../../lambdas/workload/faults/parse-fault-file.ts';

/**
 * `catalogue`: the reasoner was made with these in sight. `looked-at`: made up apart from the catalogue, and its misses
 * were looked at. `scored-only`: made up as well, and only ever counted, so that one figure is free of fitting.
 */
export const faultSets = ['catalogue', 'looked-at', 'scored-only'] as const;
export type FaultSet = (typeof faultSets)[number];

export const loadFaultSet = (set: FaultSet): readonly FaultDefinition[] => {
  if (set === 'catalogue') return loadCatalogue();
  const folder = new URL(`./held-out/${set}/`, import.meta.url);
  return readdirSync(folder)
    .filter((name) => name.endsWith('.yaml'))
    .sort()
    .map((name) => parseFaultFile(readFileSync(new URL(name, folder), 'utf8'), `${set}/${name}`));
};
