import type { z } from 'zod';
import type { Operation } from '../topology/operation.ts';
import type { DesiredConfiguration, Topology } from '../topology/topology.ts';

export const runbookIds = [
  'restart-instance',
  'replace-instance',
  'scale-out',
  'rotate-logs',
  'clear-temporary-files',
  'flush-cache',
  'recycle-connections',
  'pause-job',
  'restart-service',
  'scale-in',
  'cap-cache',
  'roll-back-deploy',
  'restore-config',
  'quarantine-message',
  'fail-over-zone',
  'fail-over-dependency',
  'rotate-credential',
  'limit-callers',
  'expand-volume',
] as const;
export type RunbookId = (typeof runbookIds)[number];

export const risks = ['low', 'medium', 'high', 'irreversible', 'critical'] as const;
export type Risk = (typeof risks)[number];

/** Honest about going back; see the design's third rule. */
export type Reversibility =
  | { readonly kind: 'reversible' }
  /** Nothing to put back; the effect passes within this many seconds. */
  | { readonly kind: 'transient'; readonly settlesWithinSeconds: number }
  | { readonly kind: 'irreversible' };

export type BlastRadius = {
  /** What one run touches. */
  readonly scope: 'instance' | 'service' | 'zone' | 'callers';
  /** Share of the service's capacity out of use while it runs, 0 to 1. */
  readonly capacityShare: number;
};

/** Fields of desired configuration as an action found them; those it did not touch are absent. */
export type ConfigurationBefore = {
  readonly [Field in keyof DesiredConfiguration]?: DesiredConfiguration[Field] | undefined;
};

export type Runbook<Parameters = unknown> = {
  readonly id: RunbookId;
  readonly title: string;
  readonly risk: Exclude<Risk, 'critical'>;
  readonly reversibility: Reversibility;
  readonly parameters: z.ZodType<Parameters>;
  /** What should be seen when it works, in words for people and models. */
  readonly expectedEffect: string;
  /** How long the effect may take to show after the act ended, in seconds. */
  readonly effectWithinSeconds: number;
  blastRadius(parameters: Parameters, topology: Topology): BlastRadius;
  /** The operation that carries it out, or why it cannot be carried out on this topology. */
  operation(parameters: Parameters, topology: Topology): Operation | { readonly refused: string };
  /** The operations that restore every field it changed; null where it is not reversible. */
  undo: ((parameters: Parameters, before: ConfigurationBefore) => readonly Operation[]) | null;
  /** The operations that let go, once the incident is over, what was kept for the undo; absent where nothing was. */
  letGo?: (parameters: Parameters) => readonly Operation[];
};
