/** Rhythm of the telemetry that remediation reads. */
export type RemediationSettings = {
  /** Length of one closed period, seconds. */
  readonly scanIntervalSeconds: number;
  /** How long after its end the values of a period are complete, seconds. */
  readonly settlingSeconds: number;
};

export const actor = 'orchestrator';
