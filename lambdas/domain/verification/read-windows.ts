import type { Band, Direction } from '../anomaly/anomaly.ts';
import type { SeriesId } from '../ids.ts';
import type { Yardstick } from '../incident/incident.ts';
import type { MetricRole, SamplesBySeries } from '../signal/series.ts';
import { failureRoles } from '../signal/sparse-counters.ts';
import { sidesJudged } from './harmful-side.ts';

/**
 * Part of the band's width by which one sample may lie outside it and still be
 * held for noise. A level that stays there is not: see `maximumMarginalShare`.
 */
const noiseMargin = 0.25;

/** `marginal`: outside the band by no more than the noise margin. `missing`: there is no sample. `unread`: nobody knows. */
export type Reading = {
  readonly yardstick: Yardstick;
  readonly state: 'inside' | 'marginal' | 'outside' | 'missing' | 'unread';
  readonly observed: number | null;
  readonly band: Band;
  /** Distance beyond the band in widths of the band, 0 inside. */
  readonly excess: number;
};

/** One period of all yardsticks; `at` is its start, epoch milliseconds. */
export type YardstickWindow = { readonly at: number; readonly readings: readonly Reading[] };

export type WindowSource = {
  readonly yardsticks: readonly Yardstick[];
  readonly samples: SamplesBySeries;
  readonly band: (yardstick: Yardstick, at: number) => Band;
  readonly alarmed: ReadonlyMap<SeriesId, Direction>;
  readonly periodSeconds: number;
};

/** What grows with demand is held against it: judged is how much of it there is to a request. */
const growsWithRequests: readonly MetricRole[] = [...failureRoles, 'cpu'];
/** So few failures beyond the band in one period are single events; where they go on, the margin tells. */
const singleEvents = 2;

/** Reads every whole period in [from, to). */
export const readWindows = (source: WindowSource, from: number, to: number): readonly YardstickWindow[] => {
  const period = source.periodSeconds * 1000;
  const valueAt = new Map(
    source.yardsticks.map(({ series }) => [
      series.id,
      new Map((source.samples.get(series.id) ?? []).map(({ at, value }) => [at - (at % period), value])),
    ]),
  );
  const windows: YardstickWindow[] = [];
  for (let at = Math.ceil(from / period) * period; at + period <= to; at += period) {
    const values = new Map([...valueAt].map(([id, series]) => [id, series.get(at)]));
    windows.push({ at, readings: source.yardsticks.map((yardstick) => read(source, yardstick, values, at)) });
  }
  return windows;
};

const read = (
  source: WindowSource,
  yardstick: Yardstick,
  values: ReadonlyMap<SeriesId, number | undefined>,
  at: number,
): Reading => {
  const { series } = yardstick;
  const band = source.band(yardstick, at);
  const observed = values.get(series.id);
  if (observed === undefined) {
    const state = source.samples.has(series.id) ? 'missing' : 'unread';
    return { yardstick, state, observed: null, band, excess: 0 };
  }
  const sides = sidesJudged(series.role, source.alarmed.get(series.id));
  const beyond = Math.max(
    sides.has('above') ? observed - band.high : 0,
    sides.has('below') ? band.low - observed : 0,
    0,
  );
  const width = Math.max(band.high - band.low, Math.abs(band.high) * 1e-6, 1e-9);
  const excess = beyond / width;
  if (excess === 0 || (observed > band.high && shareIsUsual(source, yardstick, values, at, observed))) {
    return { yardstick, state: 'inside', observed, band, excess: 0 };
  }
  const marginal = excess <= noiseMargin || isSingleEvents(source, yardstick, observed, band);
  return { yardstick, state: marginal ? 'marginal' : 'outside', observed, band, excess };
};

/** A rate per minute over a short period makes much of one failure: what counts is how many there were. */
const isSingleEvents = (source: WindowSource, { series }: Yardstick, observed: number, band: Band): boolean => {
  const beyond = ((observed - Math.max(band.high, 0)) * source.periodSeconds) / 60;
  return failureRoles.includes(series.role) && series.statistic === 'Sum' && beyond <= singleEvents;
};

/** True when a value is high only because the requests are: its share is one that both frozen bands allow. */
const shareIsUsual = (
  source: WindowSource,
  { series }: Yardstick,
  values: ReadonlyMap<SeriesId, number | undefined>,
  at: number,
  observed: number,
): boolean => {
  const paired = growsWithRequests.includes(series.role) ? requestsBehind(source.yardsticks, series) : undefined;
  const requests = paired === undefined ? undefined : values.get(paired.series.id);
  const own = source.yardsticks.find((yardstick) => yardstick.series.id === series.id);
  if (paired === undefined || own === undefined || requests === undefined || requests <= 0) {
    return false;
  }
  const usual = source.band(paired, at);
  const expectedRequests = (usual.low + usual.high) / 2;
  return expectedRequests > 0 && observed / requests <= source.band(own, at).high / expectedRequests;
};

/** The requests of the same instance, or of the whole service where those of the instance are no yardstick. */
const requestsBehind = (
  yardsticks: readonly Yardstick[],
  { service, instance }: Yardstick['series'],
): Yardstick | undefined => {
  const requests = yardsticks.filter(({ series }) => series.role === 'requests' && series.service === service);
  return (
    requests.find(({ series }) => series.instance === instance) ??
    requests.find(({ series }) => series.instance === null)
  );
};
