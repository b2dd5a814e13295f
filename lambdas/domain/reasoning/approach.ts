import { type Adjustment, adjustmentNames, type Changes } from './failure/failure-diagnosis.ts';

/** How a question is put: all of the evidence and the whole schema at first, and what strategies make of it. */
export type Approach = {
  readonly adjustments: readonly Adjustment[];
  /** Show at most so many pieces of evidence; null for all. */
  readonly maximumEvidence: number | null;
  readonly simple: boolean;
};

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
