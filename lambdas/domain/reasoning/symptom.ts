import { median } from 'simple-statistics';
import type { MetricEvidence } from '../diagnosis/evidence.ts';

/**
 * How strongly a series left its band on one side, 0 (did not) to 1. Percentages are measured in points,
 * everything else in doublings, so that the measure is the same for a small and a large service.
 */
export const strength = (item: MetricEvidence | undefined, direction: 'above' | 'below'): number => {
  if (item === undefined) {
    return 0;
  }
  if (item.direction === 'missing') {
    return direction === 'below' ? 1 : 0;
  }
  if (item.direction !== direction) {
    return 0;
  }
  const before = item.before ?? (item.band.low + item.band.high) / 2;
  const now = item.now ?? item.peak ?? before;
  const extreme = item.peak ?? now;
  const moved = direction === 'above' ? Math.max(now, (now + extreme) / 2) - before : before - (now + extreme) / 2;
  const scale = isPercentage(item) ? 25 : Math.max(Math.abs(before), scaleFloor(item));
  return Math.max(0.15, Math.min(1, moved / scale));
};

const isPercentage = ({ role }: MetricEvidence): boolean =>
  role === 'cpu' || role === 'memory' || role === 'disk' || role === 'connections' || role === 'cacheHits';

/** Below this level a doubling says little: a few errors more than none. */
const scaleFloor = ({ role }: MetricEvidence): number => {
  switch (role) {
    case 'errors':
    case 'timeouts':
    case 'retries':
      return 4;
    case 'queueDepth':
      return 20;
    case 'queueAge':
      return 5;
    case 'latency':
    case 'garbageCollection':
      return 10;
    default:
      return 0.5;
  }
};

/** Ratio of the level now to the level before; 1 when either is unknown or there was nothing before. */
export const ratio = (item: MetricEvidence | undefined): number =>
  item?.now != null && item.before != null && item.before > 0 ? item.now / item.before : 1;

/**
 * How much a series climbs steadily rather than having stepped, 0 to 1: the share of
 * neighbouring stretches that rise, and little of the rise in any one of them.
 */
export const climb = (item: MetricEvidence | undefined): number => {
  // A forecast has looked longer and closer.
  if (item?.foretold) {
    return 1;
  }
  const values = item?.window.map(([, value]) => value) ?? [];
  const parts = stretches(values, 8);
  if (parts.length < 5) {
    return 0;
  }
  const steps = parts.slice(1).map((value, index) => value - (parts[index] ?? value));
  const total = (parts.at(-1) ?? 0) - (parts[0] ?? 0);
  const noise = typicalNoise(values);
  if (total <= 3 * noise) {
    return 0;
  }
  const rising = steps.filter((step) => step > noise * 0.2).length / steps.length;
  const largest = Math.max(...steps) / total;
  return Math.max(0, Math.min(1, (rising - 0.3) / 0.6)) * Math.max(0, Math.min(1, (0.95 - largest) / 0.5));
};

/** By when a series had begun to climb, epoch milliseconds; null where its window begins within the climb. */
export const climbBegan = (item: MetricEvidence | undefined): number | null => {
  const window = item?.window ?? [];
  const values = window.map(([, value]) => value);
  const parts = stretches(values, 8);
  const [first] = parts;
  if (first === undefined) {
    return null;
  }
  const total = (parts.at(-1) ?? first) - first;
  const rising = parts.findIndex((value) => value - first > Math.max(typicalNoise(values), total * 0.1));
  return rising <= 2 ? null : (window[(rising + 1) * Math.floor(values.length / 8) - 1]?.[0] ?? null);
};

/** Median difference of neighbouring samples: what a step of nothing looks like. */
const typicalNoise = (values: readonly number[]): number => {
  const differences = values.slice(1).map((value, index) => Math.abs(value - (values[index] ?? value)));
  return differences.length === 0 ? 0 : median(differences);
};

const stretches = (values: readonly number[], count: number): readonly number[] => {
  const length = Math.floor(values.length / count);
  return length < 2
    ? []
    : Array.from({ length: count }, (_, index) => median(values.slice(index * length, (index + 1) * length)));
};
