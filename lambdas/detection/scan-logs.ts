import { observeSample } from '../domain/anomaly/judge-sample.ts';
import { decodeLogShard, emptyLogShard, encodeLogShard, type LogShard } from '../domain/anomaly/log-shard.ts';
import { newWatch, summaryOf } from '../domain/anomaly/watch.ts';
import type { ServiceName } from '../domain/ids.ts';
import { logMetricNames, logSeriesId } from '../domain/signal/log-signals/log-series.ts';
import { countLines, isWarm, newServiceLog } from '../domain/signal/log-signals/service-log.ts';
import type { DetectorState } from '../ports/detector-state.ts';
import type { ShardScanRequest } from '../ports/shard-scanner.ts';
import type { Telemetry } from '../ports/telemetry.ts';
import { heldState } from './held-state.ts';
import type { ScanShard } from './scan-shard.ts';

/** Lines read and counted in a second of what happened, over all services: more is taken as a sample. */
const linesASecond = 4_000;
const fewestLines = 1_000;
/** Waiting for the turn to read a log, and reading it, may take this part of a period each: metrics must not wait for it. */
const patience = 0.25;
/** Lines that nobody read for longer are let go. */
const catchUpSeconds = 900;
/** The past that a service's usual lines are learnt from, read in parts; and of how many services in one pass. */
const pastSeconds = 3_600;
const partSeconds = 300;
const linesInPart = 500;
const newcomersInPass = 4;

type Stretch = Pick<ShardScanRequest, 'end' | 'periodSeconds' | 'falseAlarmsPerMonth'>;

/**
 * Scans the shard of the series that are made of log lines: reads what each service wrote since the last scan, counts
 * it, and judges what it makes of it as any series is judged. The cursors are saved with the counts in one conditional
 * write, so that a scan that dies or comes second counts nothing, and the next one counts it all.
 */
export function scanLogs(telemetry: Telemetry, detectorState: DetectorState): ScanShard {
  const states = heldState(detectorState, { empty: emptyLogShard, encode: encodeLogShard, decode: decodeLogShard });

  const scan: ScanShard = async ({ shard: name, series, now, ...stretch }) => {
    const { state, tag } = await states.take(name);
    const services = [...new Set(series.map(({ service }) => service))];
    const wanted = new Set(series.map(({ id }) => id));
    for (const id of state.shard.watches.keys()) if (!wanted.has(id)) state.shard.watches.delete(id);
    for (const one of series) if (!state.shard.watches.has(one.id)) state.shard.watches.set(one.id, newWatch(one, now));
    for (const service of state.book.services.keys()) {
      if (!services.includes(service)) state.book.services.delete(service);
    }

    const failures = await readServices(telemetry, state, services, stretch);
    if (failures.length > 0 && failures.length === services.length) return { outcome: 'late', reason: said(failures) };
    const { end } = stretch;
    state.shard.readTo = end;
    if (!(await states.save(name, state, tag))) return { outcome: 'late', reason: 'another scan of it saved first' };
    const summaries = [...state.shard.watches.values()].map(summaryOf);
    return {
      outcome: 'scanned',
      readTo: end,
      summaries,
      ...(failures.length === 0 ? {} : { trouble: said(failures) }),
    };
  };

  // Whatever is wrong with logs is said, and does not keep metrics from being judged.
  return (request) => scan(request).catch((error: unknown) => ({ outcome: 'late', reason: String(error) }));
}

type Failure = { readonly service: ServiceName; readonly reason: string };

const said = (failures: readonly Failure[]): string =>
  `logs of ${failures.map(({ service }) => service).join(', ')} could not be read: ${failures[0]?.reason}`;

/** Those that fail keep their cursor, and are read from there by the next scan. */
async function readServices(
  telemetry: Telemetry,
  state: LogShard,
  services: readonly ServiceName[],
  stretch: Stretch,
): Promise<readonly Failure[]> {
  const newcomers = services.filter((service) => !state.book.services.has(service)).slice(0, newcomersInPass);
  const others = services.filter((service) => state.book.services.has(service));
  const share = linesASecond / services.length;
  const results = new Map<ServiceName, PromiseSettledResult<readonly Part[]>>();
  const settle = async (service: ServiceName, reading: Promise<readonly Part[]>): Promise<void> => {
    const [result] = await Promise.allSettled([reading]);
    results.set(service, result);
  };
  await Promise.all([
    ...rotated(others, stretch).map((service) =>
      settle(service, readNew(telemetry, state, service, { ...stretch, linesASecond: share })),
    ),
    ...newcomers.map((service) => settle(service, readPast(telemetry, service, stretch))),
  ]);
  return [...newcomers, ...others].flatMap((service) => {
    const result = results.get(service);
    if (result === undefined) return [];
    if (result.status === 'rejected') return [{ service, reason: String(result.reason) }];
    // In the order of the services, whichever answered first: a scan made again is made alike.
    for (const part of result.value) count(state, service, part, stretch);
    return [];
  });
}

/** Each scan begins one service further on, so that none always waits behind the same slow ones. */
function rotated(services: readonly ServiceName[], { end, periodSeconds }: Stretch): readonly ServiceName[] {
  const first = Math.round(end / (periodSeconds * 1000)) % Math.max(1, services.length);
  return [...services.slice(first), ...services.slice(0, first)];
}

type Part = Awaited<ReturnType<Telemetry['followLogs']>> & {
  readonly from: number;
  readonly to: number;
  /** It is learnt from, and not judged. */
  readonly quietly: boolean;
};

async function readPast(
  telemetry: Telemetry,
  service: ServiceName,
  { end, periodSeconds }: Stretch,
): Promise<readonly Part[]> {
  const parts: Part[] = [];
  for (let from = end - pastSeconds * 1000; from < end; from += partSeconds * 1000) {
    const interval = { from, to: Math.min(end, from + partSeconds * 1000) };
    const read = await telemetry.followLogs({
      service,
      ...interval,
      limit: linesInPart,
      withinMilliseconds: patience * periodSeconds * 1000,
    });
    // Before its first line there was nothing to watch.
    if (parts.length > 0 || read.lines.length > 0) parts.push({ ...read, ...interval, quietly: true });
  }
  return parts.length > 0
    ? parts
    : [{ lines: [], readTo: end, from: end - periodSeconds * 1000, to: end, quietly: true }];
}

async function readNew(
  telemetry: Telemetry,
  { book }: LogShard,
  service: ServiceName,
  { end, periodSeconds, linesASecond: share }: Stretch & { readonly linesASecond: number },
): Promise<readonly Part[]> {
  const log = book.services.get(service) ?? newServiceLog();
  const from = Math.max(log.cursor, end - catchUpSeconds * 1000);
  if (from >= end) return [];
  const read = await telemetry.followLogs({
    service,
    // After a jump nothing is remembered of the lines before it.
    from: from === log.cursor ? Math.min(from, log.rereadFrom) : from,
    to: end,
    limit: Math.max(fewestLines, Math.round((share * (end - from)) / 1000)),
    withinMilliseconds: patience * periodSeconds * 1000,
  });
  return [{ ...read, from, to: end, quietly: false }];
}

function count(
  { book, shard }: LogShard,
  service: ServiceName,
  part: Part,
  { periodSeconds, falseAlarmsPerMonth }: Stretch,
): void {
  const log = book.services.get(service) ?? newServiceLog();
  book.services.set(service, log);
  const samples = countLines(log, book.miner, part.lines, { ...part, periodSeconds });
  for (const metric of logMetricNames) {
    const watch = shard.watches.get(logSeriesId(service, metric));
    if (watch === undefined) continue;
    for (const sample of samples[metric]) {
      observeSample(watch, sample, periodSeconds, {
        quietly: part.quietly || !isWarm(log, sample.at),
        falseAlarmsPerMonth,
      });
    }
  }
}
