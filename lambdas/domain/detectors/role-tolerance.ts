import type { MetricRole } from '../signal/series.ts';

/** How far a series may stray before it can be abnormal, whatever its noise, and which way is trouble. */
export type Tolerance = {
  /** Share of the level, 0 upwards. */
  readonly relative: number;
  /** In the unit of the series; counters are per minute. */
  readonly absolute: number;
  readonly side: 'above' | 'below' | 'both';
  /** Counted events: so few in one period tell nothing, whatever rate they make. */
  readonly events?: number;
  /** Seconds over which evidence of trouble fades once values are back in the band. */
  readonly fadeSeconds: number;
};

const above = (relative: number, absolute: number, fadeSeconds = 15): Tolerance => ({
  relative,
  absolute,
  side: 'above',
  fadeSeconds,
});

/** General engineering tolerances by role: a widening of the learnt band, never a narrowing. */
export const toleranceOf: Readonly<Record<MetricRole, Tolerance>> = {
  requests: { relative: 0.35, absolute: 30, side: 'both', fadeSeconds: 15 },
  errors: { ...above(1, 6), events: 3 },
  latency: above(0.4, 20),
  timeouts: { ...above(1, 6), events: 3 },
  retries: { ...above(1, 12), events: 5 },
  cpu: above(0.25, 15),
  memory: above(0.1, 8),
  disk: above(0.05, 4),
  garbageCollection: above(1, 30),
  connections: above(0.25, 15),
  queueDepth: above(1, 50),
  queueAge: above(1, 15),
  cacheHits: { relative: 0.1, absolute: 10, side: 'below', fadeSeconds: 15 },
  // One restart is routine and a few in short order are not: each is a lone sample, so its evidence lingers.
  restarts: above(0, 0.5, 300),
  instances: { relative: 0, absolute: 0.6, side: 'below', fadeSeconds: 15 },
  heartbeat: { relative: 0.5, absolute: 0.5, side: 'below', fadeSeconds: 15 },
  // Shares in percent, and distances in bands of their own: see log-signals.
  logErrors: above(1, 15),
  logPattern: above(0.5, 1),
  other: { relative: 0.5, absolute: 0, side: 'both', fadeSeconds: 15 },
};
