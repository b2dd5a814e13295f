import type { z } from 'zod';
import type { Operation } from '../topology/operation.ts';
import type { Topology } from '../topology/topology.ts';
import { type Refusal, refuse } from './find-in-topology.ts';
import type { BlastRadius, ConfigurationBefore, Runbook } from './runbook.ts';

export type PreparedStep = { readonly operation: Operation; readonly blastRadius: BlastRadius };

/** A runbook behind its own parameter schema, so that all of them have one type. */
export type BoundRunbook = Pick<
  Runbook,
  'id' | 'title' | 'risk' | 'reversibility' | 'expectedEffect' | 'effectWithinSeconds'
> & {
  readonly parameters: z.ZodType;
  /** What a step would do on this topology, or why it cannot be done. */
  prepare(parameters: unknown, topology: Topology): PreparedStep | Refusal;
  /** The operations that put back what was changed, none when there is nothing to put back. */
  undo(parameters: unknown, before: ConfigurationBefore): readonly Operation[];
  /** The operations that let go what was kept for the undo, none when nothing was kept. */
  letGo(parameters: unknown): readonly Operation[];
};

export const bindRunbook = <Parameters>(runbook: Runbook<Parameters>): BoundRunbook => ({
  id: runbook.id,
  title: runbook.title,
  risk: runbook.risk,
  reversibility: runbook.reversibility,
  expectedEffect: runbook.expectedEffect,
  effectWithinSeconds: runbook.effectWithinSeconds,
  parameters: runbook.parameters,
  prepare(raw, topology) {
    const parsed = runbook.parameters.safeParse(raw);
    if (!parsed.success) {
      const problems = parsed.error.issues.map((issue) => `${issue.path.join('.') || 'parameters'}: ${issue.message}`);
      return refuse(`${runbook.id}: ${problems.join('; ')}`);
    }
    const operation = runbook.operation(parsed.data, topology);
    return 'refused' in operation
      ? refuse(`${runbook.id}: ${operation.refused}`)
      : { operation, blastRadius: runbook.blastRadius(parsed.data, topology) };
  },
  undo: (raw, before) => (runbook.undo === null ? [] : runbook.undo(runbook.parameters.parse(raw), before)),
  letGo: (raw) => (runbook.letGo === undefined ? [] : runbook.letGo(runbook.parameters.parse(raw))),
});
