import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { evidenceBundleSchema } from '../../lambdas/domain/diagnosis/evidence.ts';
import { mechanismSchema } from '../../lambdas/domain/diagnosis/mechanism.ts';
import { faultSets } from './fault-sets.ts';

/** One played fault, with what its first diagnosis was made from. Null where nothing was detected or diagnosed. */
export const diagnosedCaseSchema = z.object({
  set: z.enum(faultSets),
  name: z.string(),
  truth: z.object({ mechanism: mechanismSchema, service: z.string() }),
  bundle: evidenceBundleSchema.nullable(),
  /** No longer hurting, by proof, while the shop that nobody mended does. */
  healed: z.boolean(),
  /** Whether the diagnosis that was acted on last named mechanism and service. */
  lastRight: z.boolean(),
  authority: z.enum(['auto', 'approved', 'escalated']).nullable(),
});
export type DiagnosedCase = z.infer<typeof diagnosedCaseSchema>;

export const readCases = (folder: string): readonly DiagnosedCase[] =>
  readdirSync(folder)
    .filter((name) => name.endsWith('.json'))
    .sort()
    .map((name) => diagnosedCaseSchema.parse(JSON.parse(readFileSync(join(folder, name), 'utf8'))));
