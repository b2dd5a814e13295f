import { z } from 'zod';
import type { Diagnosis } from '../diagnosis/diagnosis.ts';
import type { EvidenceBundle } from '../diagnosis/evidence.ts';
import type { Incident } from '../incident/incident.ts';
import { adjustmentNames, type Changes } from './failure/failure-diagnosis.ts';
import { mostRelevant } from './most-relevant.ts';

/** How a question is put: all of the evidence and the whole schema at first, and what strategies make of it. */
export const approachSchema = z.object({
  adjustments: z.array(z.enum(adjustmentNames)).readonly(),
  /** Show at most so many pieces of evidence; null for all. */
  maximumEvidence: z.int().min(1).nullable(),
  /** Asks for the simpler shape of the reply. */
  simple: z.boolean(),
});
export type Approach = z.infer<typeof approachSchema>;

export const plainApproach: Approach = { adjustments: [], maximumEvidence: null, simple: false };

/** The approach with changes on top: what was made plainer or smaller stays so. */
export const changeApproach = (approach: Approach, changes: Changes): Approach => {
  const said = new Set([...approach.adjustments, ...changes.adjustments]);
  const limits = [approach.maximumEvidence, changes.maximumEvidence].filter((limit) => limit !== null);
  return {
    adjustments: adjustmentNames.filter((name) => said.has(name)),
    maximumEvidence: limits.length === 0 ? null : Math.min(...limits),
    simple: approach.simple || changes.simplerSchema,
  };
};

type Shown = {
  readonly bundle: EvidenceBundle;
  readonly incident: Pick<Incident, 'service' | 'services'>;
  readonly diagnosis: Diagnosis | null;
};

/** The question as it is shown: with all of its evidence, or what says most and what its diagnosis cites. */
export const shownTo = <Brief extends Shown>(brief: Brief, { maximumEvidence }: Approach): Brief => {
  if (maximumEvidence === null) return brief;
  const cited = new Set<string>(brief.diagnosis?.hypotheses[0]?.evidence);
  return { ...brief, bundle: mostRelevant(brief.bundle, brief.incident, maximumEvidence, cited) };
};
