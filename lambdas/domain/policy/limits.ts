/** How much may be done without a person. */
export type PolicyLimits = {
  /** Actions on the whole workload in the last hour, including those of this plan. */
  readonly actionsPerHour: number;
  /** Share of the workload's services acted on in the last hour, 0 to 1, including this plan's. */
  readonly fleetSharePerHour: number;
  /** Seconds after the end of another incident that acted on a service during which a person is asked. */
  readonly cooldownSeconds: number;
};

export const defaultLimits: PolicyLimits = { actionsPerHour: 12, fleetSharePerHour: 0.5, cooldownSeconds: 300 };

/** One earlier action, as much of it as policy needs. */
export type PastAction = {
  readonly incidentId: string;
  readonly service: string;
  readonly startedAt: number;
  /** When the incident that it belongs to ended; null while that one lives. */
  readonly endedAt: number | null;
};
