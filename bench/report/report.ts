import type { Mechanism } from '../../lambdas/domain/diagnosis/mechanism.ts';

/** One fault played to its end. Seconds count from its injection; null where something never came. */
export type FaultReport = {
  readonly kind: string;
  readonly cause: string;
  readonly service: string;
  readonly severity: number;
  readonly seed: number;
  /** Until an incident opened that names the service or a caller of it. */
  readonly detectedAfterSeconds: number | null;
  readonly diagnosedMechanism: Mechanism | null;
  readonly mechanismRight: boolean;
  readonly diagnosedService: string | null;
  readonly serviceRight: boolean;
  /** Who let it act: policy alone, a person, or nobody; null where nothing was decided. */
  readonly authority: 'auto' | 'approved' | 'escalated' | null;
  /** Runbooks carried out, in order. */
  readonly actions: readonly string[];
  /** Until the first act began. */
  readonly actedAfterSeconds: number | null;
  /** Until the recovery was verified. */
  readonly resolvedAfterSeconds: number | null;
  /** Until it no longer hurt, by the fleet's own truth. */
  readonly recoveredAfterSeconds: number | null;
  readonly outcome: 'resolved' | 'escalated' | 'unfinished' | 'undetected';
  /** Whether it hurt when the incident was resolved, and whether it would have had nobody done anything. */
  readonly hurtAtResolve: boolean | null;
  readonly twinHurtAtResolve: boolean | null;
};

export type Quantiles = { readonly median: number | null; readonly p90: number | null };

/** The one JSON object that a benchmark of the loop answers with. */
export type LoopReport = {
  readonly faults: readonly FaultReport[];
  readonly detectSeconds: Quantiles;
  readonly actSeconds: Quantiles;
  readonly resolveSeconds: Quantiles;
  readonly falseIncidents: number;
  readonly quietSeconds: number;
  readonly quietModelCalls: number;
  readonly stepSeconds: number;
  readonly modelCalls: number;
};
