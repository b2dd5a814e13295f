import { designs } from './designs.ts';
import { between, hash, hexadecimal, uniform } from './random.ts';
import type { Job } from './service-design.ts';

/**
 * What goes on in a healthy shop: a timetable that follows from the seed and
 * the time alone, so that no fault and no operation ever shifts it. Steps are
 * sub-steps of 5 s since the epoch.
 */
const hour = 720;
const day = 24 * hour;

const purposes = {
  deploy: 11,
  config: 12,
  cacheFlush: 13,
  logRotation: 14,
  recycle: 15,
  replacement: 16,
  blip: 17,
  promotion: 18,
  sweep: 19,
  job: 20,
  exit: 21,
} as const;
export type BenignEvent = Exclude<keyof typeof purposes, 'blip' | 'promotion' | 'job'>;

type Timetable = {
  readonly slot: number;
  readonly probability: number;
  /** Part of the slot in which it may start. */
  readonly from: number;
  readonly to: number;
};

const timetables: Readonly<Record<Exclude<keyof typeof purposes, 'job'>, Timetable>> = {
  deploy: { slot: day, probability: 0.9, from: 0.28, to: 0.78 },
  config: { slot: day, probability: 0.75, from: 0.25, to: 0.85 },
  cacheFlush: { slot: day, probability: 0.7, from: 0.02, to: 0.98 },
  logRotation: { slot: day, probability: 1, from: 0.005, to: 0.2 },
  sweep: { slot: day, probability: 1, from: 0.01, to: 0.24 },
  recycle: { slot: day, probability: 0.35, from: 0, to: 0.99 },
  replacement: { slot: day, probability: 0.18, from: 0, to: 0.99 },
  exit: { slot: day, probability: 0.15, from: 0, to: 0.99 },
  blip: { slot: 6 * hour, probability: 0.6, from: 0, to: 0.98 },
  promotion: { slot: day, probability: 0.45, from: 0.3, to: 0.85 },
};

/** Step at which the event of this slot starts, or -1 when the slot has none. */
function startInSlot(seed: number, entity: number, purpose: number, table: Timetable, slot: number): number {
  const draw = uniform(seed, entity, slot, purpose);
  if (draw >= table.probability) return -1;
  const within = table.from + ((table.to - table.from) * hash(seed, entity, slot, purpose + 1000)) / 4294967296;
  return slot * table.slot + Math.floor(within * table.slot);
}

/** Whether the event starts at this very step. */
export function benignStarts(seed: number, service: number, event: BenignEvent, step: number): boolean {
  const table = timetables[event];
  return startInSlot(seed, service, purposes[event], table, Math.floor(step / table.slot)) === step;
}

/** Steps of the newest `count` events at or before `step`, newest first, looking back at most 40 days. */
function benignHistory(seed: number, service: number, event: BenignEvent, step: number, count: number): number[] {
  const table = timetables[event];
  const found: number[] = [];
  const newest = Math.floor(step / table.slot);
  for (let slot = newest; slot > newest - 40 && found.length < count; slot -= 1) {
    const start = startInSlot(seed, service, purposes[event], table, slot);
    if (start >= 0 && start <= step) found.push(start);
  }
  return found;
}

export const versionAt = (seed: number, service: number, step: number): string =>
  hexadecimal(7, seed, service, step, 31);
export const revisionAt = (seed: number, service: number, step: number): string =>
  `cfg-${hexadecimal(6, seed, service, step, 32)}`;

export const versionHistory = (seed: number, service: number, step: number): string[] =>
  benignHistory(seed, service, 'deploy', step, 6).map((start) => versionAt(seed, service, start));
export const revisionHistory = (seed: number, service: number, step: number): string[] =>
  benignHistory(seed, service, 'config', step, 6).map((start) => revisionAt(seed, service, start));

/** Sub-steps since the event last happened. */
export function stepsSince(seed: number, service: number, event: BenignEvent, step: number): number {
  const last = benignHistory(seed, service, event, step, 1)[0];
  return last === undefined ? 2 * day : step - last;
}

export type Blip = { readonly kind: 'latency' | 'errors' | 'cpu'; readonly strength: number; readonly lane: number };

/** A short blip of a service at this step, if one is on: 10 to 60 s long. `lane` picks one instance, negative: all. */
export function blipAt(seed: number, service: number, step: number): Blip | null {
  const table = timetables.blip;
  const slot = Math.floor(step / table.slot);
  const start = startInSlot(seed, service, purposes.blip, table, slot);
  if (start < 0 || step < start) return null;
  const length = 2 + (hash(seed, service, slot, 41) % 11);
  if (step >= start + length) return null;
  const draw = hash(seed, service, slot, 42) % 3;
  return {
    kind: draw === 0 ? 'latency' : draw === 1 ? 'errors' : 'cpu',
    strength: between(0.3, 1, seed, service, slot, 43),
    lane: hash(seed, service, slot, 44) % 4 === 0 ? -1 : hash(seed, service, slot, 45) % 16,
  };
}

/** Factor on demand from promotions: 1, or up to 1.3 for 20 to 60 min, with a soft start and end. */
export function promotionFactor(seed: number, step: number): number {
  const table = timetables.promotion;
  const slot = Math.floor(step / table.slot);
  const start = startInSlot(seed, 5000, purposes.promotion, table, slot);
  if (start < 0 || step < start) return 1;
  const length = 240 + (hash(seed, 5000, slot, 46) % 480);
  if (step >= start + length) return 1;
  const edgeShare = Math.min(1, (step - start) / 36, (start + length - step) / 60);
  return 1 + edgeShare * between(0.1, 0.3, seed, 5000, slot, 47);
}

export type JobRun = { readonly job: Job; readonly index: number; readonly phase: 'starts' | 'runs' | 'ends' };

/** The scheduled jobs of a service that are on at this step; almost always none. */
export function jobsAt(seed: number, service: number, step: number): readonly JobRun[] {
  const jobs = designs[service]?.jobs ?? [];
  let runs: JobRun[] | null = null;
  for (let index = 0; index < jobs.length; index += 1) {
    const job = jobs[index];
    if (job === undefined) continue;
    const period = job.everyHours * hour;
    const slot = Math.floor(step / period);
    const start = slot * period + job.atMinute * 12 + (hash(seed, service * 8 + index, slot, purposes.job) % 9);
    if (step < start) continue;
    const length = Math.floor(job.minutes * 12 * between(0.85, 1.15, seed, service * 8 + index, slot, 48));
    if (step > start + length) continue;
    runs ??= [];
    runs.push({ job, index, phase: step === start ? 'starts' : step === start + length ? 'ends' : 'runs' });
  }
  return runs ?? none;
}
const none: readonly JobRun[] = [];

/** Which instance an event of one instance is about. */
export const laneOf = (seed: number, service: number, step: number, event: BenignEvent): number =>
  hash(seed, service, step, purposes[event] + 2000);
