import type { Sample } from '../signal/series.ts';
import type { Point } from './fit-line.ts';

/**
 * What is remembered of a series with a limit, in one array of fixed length:
 * its means over single periods, over short and over longer buckets for as long
 * as a trend is read from, and for each of them what is usual: the highest it
 * stood and the most it rose within that time, over today and yesterday. Times
 * are epoch milliseconds, 0 where there is none.
 */
const pointsKept = 40;
/** Seconds a fine bucket; a series with wider samples has wider ones. */
const shortestBucket = 15;
const coarserBy = 6;
/** Silent for so many fine buckets, and longer than three times the usual: it was away, and begins anew. */
const silentBuckets = 4;
/** Away for longer, it is as good as new: what was usual once says nothing of what comes back. */
const absentMilliseconds = 900_000;

const common = { cursor: 0, gap: 1, restartedAt: 2, firstAt: 3 } as const;
const commonLength = Object.keys(common).length;
const slot = {
  bucketAt: 0,
  bucketSum: 1,
  bucketCount: 2,
  count: 3,
  // The present window and the one before, which become usual only after that: a trend is no usual of its own.
  windowAt: 4,
  topNow: 5,
  topBefore: 6,
  riseNow: 7,
  riseBefore: 8,
  dayAt: 9,
  topToday: 10,
  topYesterday: 11,
  riseToday: 12,
  riseYesterday: 13,
} as const;
const pointsAt = Object.keys(slot).length;
const viewLength = pointsAt + 2 * pointsKept;

/** What depends on the kind of series. */
export type TrendHabits = {
  /** In the unit of the series: a fall by less is no restart of anything. */
  readonly smallestFall: number;
  /** What was the highest and the most within this time, and within as long before it, is usual. */
  readonly usualMilliseconds: number;
  /** Nothing is foretold of a series that was not watched for so long. */
  readonly acquaintanceMilliseconds: number;
  /** What is written stays until somebody clears it, so that half a minute of rising says something; memory is collected. */
  readonly isStored: boolean;
};

/** Buckets by which a trend is read, the surest first: short ones, longer ones, and single periods for what fills up within minutes. */
export const resolutions = ['fine', 'coarse', 'finest'] as const;
export type Resolution = (typeof resolutions)[number];
export const trendLength = commonLength + resolutions.length * viewLength;

export const newTrend = (): Float64Array => new Float64Array(trendLength);

export const bucketSeconds = (resolution: Resolution, periodSeconds: number): number =>
  resolution === 'finest'
    ? periodSeconds
    : Math.max(shortestBucket, periodSeconds) * (resolution === 'fine' ? 1 : coarserBy);

const viewOf = (record: Float64Array, resolution: Resolution): Float64Array => {
  const start = commonLength + resolutions.indexOf(resolution) * viewLength;
  return record.subarray(start, start + viewLength);
};
const get = (numbers: Float64Array, index: number): number => numbers[index] ?? 0;

/**
 * Takes in one closed period; ignores what is not newer than the last one.
 * `periodSeconds` is that of live samples. True when a bucket ended with it, so
 * that there is something new to read.
 */
export function observeTrend(
  record: Float64Array,
  { at, value }: Sample,
  periodSeconds: number,
  habits: TrendHabits,
): boolean {
  const cursor = get(record, common.cursor);
  if (at <= cursor || !Number.isFinite(value)) return false;
  let news = false;
  const gap = cursor === 0 ? 0 : at - cursor;
  if (gap > absentMilliseconds && gap > 3 * get(record, common.gap)) record.fill(0);
  if (get(record, common.cursor) === 0) record[common.firstAt] = at;
  if (gap > silentBuckets * bucketSeconds('fine', periodSeconds) * 1000 && gap > 3 * get(record, common.gap)) {
    record[common.restartedAt] = at;
  }
  record[common.gap] = gap;
  record[common.cursor] = at;
  for (const resolution of resolutions) {
    const view = viewOf(record, resolution);
    const length = bucketSeconds(resolution, periodSeconds) * 1000;
    const bucket = at - (at % length);
    if (get(view, slot.bucketAt) !== bucket) {
      if (get(view, slot.bucketCount) > 0) closeBucket(record, view, length, habits);
      news ||= resolution === (habits.isStored ? 'finest' : 'fine');
      view[slot.bucketAt] = bucket;
      view[slot.bucketSum] = 0;
      view[slot.bucketCount] = 0;
    }
    view[slot.bucketSum] = get(view, slot.bucketSum) + value;
    view[slot.bucketCount] = get(view, slot.bucketCount) + 1;
  }
  return news;
}

function closeBucket(record: Float64Array, view: Float64Array, length: number, habits: TrendHabits): void {
  const at = get(view, slot.bucketAt) + length / 2;
  const value = get(view, slot.bucketSum) / get(view, slot.bucketCount);
  const window = pointsKept * length;
  const fallen = fall(view, value);
  if (fallen > Math.max(2 * usualRise(view), habits.smallestFall)) record[common.restartedAt] = at;
  addPoint(view, at, value, window);
  learnUsual(view, { at, value }, window, habits);
}

/** How far a value lies under the last few. */
function fall(view: Float64Array, value: number): number {
  const recent = pointsOf(view)
    .slice(-3)
    .map((point) => point.value);
  return recent.length === 0 ? 0 : Math.min(...recent) - value;
}

function addPoint(view: Float64Array, at: number, value: number, window: number): void {
  const kept = pointsOf(view).filter((point) => at - point.at < window);
  const points = [...kept, { at, value }].slice(-pointsKept);
  view[slot.count] = points.length;
  for (const [index, point] of points.entries()) {
    view[pointsAt + 2 * index] = point.at;
    view[pointsAt + 2 * index + 1] = point.value;
  }
}

function learnUsual(view: Float64Array, { at, value }: Sample, window: number, habits: TrendHabits): void {
  if (at - get(view, slot.windowAt) >= window) {
    view[slot.topToday] = Math.max(get(view, slot.topToday), get(view, slot.topBefore));
    view[slot.riseToday] = Math.max(get(view, slot.riseToday), get(view, slot.riseBefore));
    view[slot.topBefore] = get(view, slot.topNow);
    view[slot.riseBefore] = get(view, slot.riseNow);
    view[slot.topNow] = 0;
    view[slot.riseNow] = 0;
    view[slot.windowAt] = at;
  }
  if (at - get(view, slot.dayAt) >= habits.usualMilliseconds) {
    view[slot.topYesterday] = get(view, slot.topToday);
    view[slot.riseYesterday] = get(view, slot.riseToday);
    view[slot.topToday] = 0;
    view[slot.riseToday] = 0;
    view[slot.dayAt] = at;
  }
  view[slot.topNow] = Math.max(get(view, slot.topNow), value);
  view[slot.riseNow] = Math.max(get(view, slot.riseNow), greatestRise(pointsOf(view)));
}

/** The most that any point lies above an earlier one, 0 or more. */
export function greatestRise(points: readonly Point[]): number {
  let lowest = Number.POSITIVE_INFINITY;
  let greatest = 0;
  for (const { value } of points) {
    lowest = Math.min(lowest, value);
    greatest = Math.max(greatest, value - lowest);
  }
  return greatest;
}

function pointsOf(view: Float64Array): Point[] {
  return Array.from({ length: get(view, slot.count) }, (_, index) => ({
    at: get(view, pointsAt + 2 * index),
    value: get(view, pointsAt + 2 * index + 1),
  }));
}

const usualRise = (view: Float64Array): number => Math.max(get(view, slot.riseToday), get(view, slot.riseYesterday));

export type TrendView = {
  readonly points: readonly Point[];
  /** The highest it stood and the most it rose within the length of the window, before the present trend. */
  readonly usualTop: number;
  readonly usualRise: number;
};

/** What a trend is read from at one resolution. */
export function readTrend(record: Float64Array, resolution: Resolution): TrendView {
  const view = viewOf(record, resolution);
  return {
    points: pointsOf(view),
    usualTop: Math.max(get(view, slot.topToday), get(view, slot.topYesterday)),
    usualRise: usualRise(view),
  };
}

/** When it last fell or came back from silence, and when it was first seen. */
export const restartedAt = (record: Float64Array): number => get(record, common.restartedAt);
export const firstSeenAt = (record: Float64Array): number => get(record, common.firstAt);

/** A trend that is being forecast must not become usual. */
export function keepOutOfUsual(record: Float64Array): void {
  for (const resolution of resolutions) {
    const view = viewOf(record, resolution);
    for (const index of [slot.topNow, slot.topBefore, slot.riseNow, slot.riseBefore]) view[index] = 0;
  }
}
