import type { EvidenceId } from '../ids.ts';

/** One reason for or against a hypothesis, in units of log-likelihood. */
export type Contribution = {
  readonly points: number;
  readonly why: string;
  readonly evidence: readonly EvidenceId[];
};

type Cited = { readonly id: EvidenceId } | undefined;

/** `weight` times a measure from 0 to 1; nothing when the measure is negligible. */
export const contribute = (weight: number, measure: number, why: string, ...items: readonly Cited[]): Contribution[] =>
  Math.abs(weight * measure) < 0.05
    ? []
    : [{ points: weight * measure, why, evidence: items.flatMap((item) => (item === undefined ? [] : [item.id])) }];

export const total = (contributions: readonly Contribution[]): number =>
  contributions.reduce((sum, { points }) => sum + points, 0);
