import type { Surprises } from './streams.ts';

const hourly = 24;
const fiveMinutely = 288;
const minutely = 1440;
/** A series on which nothing was ever odd stands here before the number of looks is taken off. */
const origin = 6;
const change = 0.2;
const variability = 0.5;
const hourlyWeekWeight = 0.5;

/** 1 for an hourly series or a coarser one, falling to 0 with the samples a day. */
export function coarseness(perDay: number): number {
  return Math.min(1, (2 * hourly) / (hourly + perDay));
}

/** 0 for a series with a sample in 5 minutes or fewer, 1 for one with a sample a minute or more. */
export function fineness(perDay: number): number {
  return Math.min(1, Math.max(0, Math.log(perDay / fiveMinutely) / Math.log(minutely / fiveMinutely)));
}

/**
 * How much higher the level of a fine series stands. With a sample a minute troubles last for many samples and are told by
 * smaller ones, so that a threshold common to all series lies lower there; the calibration takes it off again.
 */
export const fineLevel = 0.9;

export type Combined = { surprise: number; level: number };

/**
 * One number from all streams: their weighted mean, or a mixture of it with the spikes if that is more (on coarse series
 * a single sample says more, on fine ones a shape), less for the number of looks taken: with more samples something
 * rare is bound to be seen. Written into `out`: the surprise itself, and the level that is compared with a threshold.
 */
export function combine(s: Surprises, samples: number, perDay: number, out: Combined): void {
  const coarse = coarseness(perDay);
  const weekWeight = 1 - hourlyWeekWeight * coarse;
  const sum = s.novelty + s.envelope + weekWeight * s.week + s.level + change * s.change + variability * s.variability;
  const mean = sum / (3 + weekWeight + change + variability);
  const share = 0.1 + (0.75 * hourly) / (hourly + perDay);
  out.surprise = Math.max(mean, (1 - share) * mean + share * s.spikes);
  const looks = 0.45 * Math.log10(samples + 1 + 16 * perDay) + 0.25 * Math.log10(perDay / 100);
  out.level = origin + out.surprise - looks + fineLevel * fineness(perDay);
}
