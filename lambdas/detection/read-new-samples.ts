import { type Judging, observeSample } from '../domain/anomaly/judge-sample.ts';
import type { Shard } from '../domain/anomaly/shard.ts';
import { field, forget, read, type Watch } from '../domain/anomaly/watch.ts';
import { normaliseSamples } from '../domain/signal/normalise.ts';
import type { Sample } from '../domain/signal/series.ts';
import type { Telemetry } from '../ports/telemetry.ts';
import { readSamples } from '../shared/read-samples.ts';

/** The newest periods are read again, for values that came late. */
const rereadPeriods = 3;
/**
 * A sparse counter that has said nothing of a period by then is taken for quiet in it. A point that comes later still is not
 * judged, as with a value that grows late.
 */
const quietAfterPeriods = rereadPeriods - 1;
/** A stretch longer than this that nobody read is history: it is learnt from, and no longer judged. */
const catchUpSeconds = 900;
const coarsePeriodSeconds = 300;
const probePeriodSeconds = 3600;
const coarseHistorySeconds = 24 * 3600;
/** What is usual of a series with a declared limit takes a week to know, and a weekend before the week. */
const limitedHistorySeconds = 8 * 24 * 3600;
const fineHistorySeconds = 3600;
/** A series still learning has its history read again after 1, 2, 4, 8 and 16 minutes: it may have been filled in since. */
const historyRereads = 5;
const learnOnly: Judging = { quietly: true };

type Stretch = {
  readonly end: number;
  readonly periodSeconds: number;
  readonly now: number;
  readonly falseAlarmsPerMonth: number;
};

/**
 * Reads every period closed before `end` that was not judged yet, and judges
 * it. A series seen for the first time first learns from the history that the
 * telemetry still has.
 */
export async function readNewSamples(
  telemetry: Pick<Telemetry, 'readSamples'>,
  shard: Shard,
  { end, periodSeconds, now, falseAlarmsPerMonth }: Stretch,
): Promise<void> {
  const watches = [...shard.watches.values()];
  const newcomers = watches.filter((watch) => needsHistory(watch, now));
  for (const watch of newcomers) {
    forget(watch);
    watch.record[field.historyReads] = read(watch, 'historyReads') + 1;
  }
  const quietTo = end - quietAfterPeriods * periodSeconds * 1000;
  const reading = { telemetry, quietTo, note: noteForArchive(shard, end) };
  const limited = newcomers.filter(({ series }) => series.limit !== undefined);
  const unlimited = newcomers.filter(({ series }) => series.limit === undefined);
  await learnHistory(reading, unlimited, end - coarseHistorySeconds * 1000, end, periodSeconds);
  await learnHistory(reading, limited, end - limitedHistorySeconds * 1000, end, periodSeconds);

  const young = new Set(newcomers);
  const others = watches.filter((watch) => !young.has(watch));
  const lapsed = end - shard.readTo > catchUpSeconds * 1000;
  if (lapsed) await learnHistory(reading, others, shard.readTo, end - catchUpSeconds * 1000, periodSeconds);
  const from = Math.max(shard.readTo, end - catchUpSeconds * 1000) - rereadPeriods * periodSeconds * 1000;
  const judging = { falseAlarmsPerMonth };
  const unread = others.filter((watch) => read(watch, 'unreadFrom') > 0);
  const begun = Math.min(from, ...unread.map((watch) => read(watch, 'unreadFrom')));
  const lagging = { from: Math.max(begun, end - catchUpSeconds * 1000), to: end, periodSeconds, judging };
  const prompt = others.filter((watch) => read(watch, 'unreadFrom') === 0);
  await observe(reading, prompt, { from, to: end, periodSeconds, judging });
  await observe(reading, unread, lagging);
  shard.readTo = Math.max(shard.readTo, end);
}

function needsHistory(watch: Watch, now: number): boolean {
  const reads = read(watch, 'historyReads');
  if (reads === 0) return true;
  if (reads > historyRereads || read(watch, 'learning') === 0) return false;
  return now - read(watch, 'firstSeenAt') >= 60_000 * 2 ** (reads - 1);
}

type Reading = {
  readonly telemetry: Pick<Telemetry, 'readSamples'>;
  /** Up to here a sparse counter that has not spoken will not. */
  readonly quietTo: number;
  /** Puts the samples of a series, oldest first, down for the archive. */
  readonly note: (watch: Watch, samples: readonly Sample[]) => void;
};

/** Each period of a series goes to the archive once, as it was first read: what is older than that comes too late. */
function noteForArchive({ unarchived }: Shard, readAt: number): Reading['note'] {
  return (watch, samples) => {
    const { id } = watch.series;
    for (const { at, value } of samples) {
      if (at <= read(watch, 'archivedTo') || !Number.isFinite(value)) continue;
      watch.record[field.archivedTo] = at;
      unarchived.push({ series: id, at, value, readAt });
    }
  };
}

async function learnHistory(
  reading: Reading,
  watches: readonly Watch[],
  from: number,
  to: number,
  periodSeconds: number,
): Promise<void> {
  const fineFrom = Math.max(from, alignDown(to - fineHistorySeconds * 1000, coarsePeriodSeconds * 1000));
  const coarse = {
    from: alignDown(from, coarsePeriodSeconds * 1000),
    to: alignDown(fineFrom, coarsePeriodSeconds * 1000),
    periodSeconds: coarsePeriodSeconds,
  };
  const coarseBegin = await begin(reading.telemetry, watches, coarse, probePeriodSeconds);
  const judging = { ...learnOnly, livePeriodSeconds: periodSeconds };
  await observe(reading, watches, { ...coarse, from: coarseBegin, judging });
  const fine = { from: alignDown(fineFrom, periodSeconds * 1000), to, periodSeconds };
  const fineBegin = await begin(reading.telemetry, watches, fine, coarsePeriodSeconds);
  await observe(reading, watches, { ...fine, from: fineBegin, judging: learnOnly });
}

/**
 * Where the samples of the stretch begin, by a look at long periods: a young
 * workload is not asked for each short period of a day in which it was not there,
 * which some clouds answer one by one. The end of the stretch where there is none.
 */
async function begin(
  telemetry: Pick<Telemetry, 'readSamples'>,
  watches: readonly Watch[],
  { from, to }: { readonly from: number; readonly to: number },
  probeSeconds: number,
): Promise<number> {
  if (from >= to || watches.length === 0) return to;
  const probe = { from: alignDown(from, probeSeconds * 1000), to: alignUp(to, probeSeconds * 1000) };
  const series = watches.map((watch) => watch.series);
  const { known } = await readSamples(telemetry, { series, ...probe, periodSeconds: probeSeconds }, probe.to);
  let first = to;
  for (const own of known.values()) for (const { at } of own) first = Math.min(first, at);
  return Math.max(from, first);
}

async function observe(
  { telemetry, quietTo, note }: Reading,
  watches: readonly Watch[],
  stretch: { readonly from: number; readonly to: number; readonly periodSeconds: number; readonly judging: Judging },
): Promise<void> {
  const { from, to, periodSeconds, judging } = stretch;
  if (from >= to || watches.length === 0) return;
  const series = watches.map((watch) => watch.series);
  const { stored, known } = await readSamples(telemetry, { series, from, to, periodSeconds }, quietTo);
  for (const watch of watches) {
    const answer = stored.get(watch.series.id);
    if (answer === undefined) {
      watch.record[field.unreadFrom] ||= from;
      continue;
    }
    watch.record[field.unreadFrom] = 0;
    note(watch, oldestFirst(answer));
    const own = oldestFirst(known.get(watch.series.id) ?? answer);
    for (const sample of normaliseSamples(watch.series, own, periodSeconds)) {
      observeSample(watch, sample, periodSeconds, judging);
    }
  }
}

const oldestFirst = (samples: readonly Sample[]) => samples.toSorted((one, other) => one.at - other.at);
const alignUp = (at: number, period: number): number => Math.ceil(at / period) * period;
const alignDown = (at: number, period: number): number => Math.floor(at / period) * period;
