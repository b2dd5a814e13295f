import type { LogLevel } from '../log-templates/line-level.ts';
import { messageOf, severityOf } from '../log-templates/message-of.ts';
import { foldStackTraces, isStackFrame } from '../log-templates/stack-trace.ts';
import type { TemplateMiner } from '../log-templates/template-miner.ts';
import type { LogLine, Sample } from '../series.ts';
import { tenantsOf } from '../tenants.ts';
import { type LogMetric, logMetricNames } from './log-series.ts';
import { addPeriod, newPatternRate, type PatternRate, patternMemorySeconds } from './pattern-rate.ts';
import { rememberLines, type SeenLines, unseenLines } from './seen-lines.ts';
import { addTenantLine, type TenantShares, worstShare } from './tenant-shares.ts';

/** All that is kept of one service's lines. Times are epoch milliseconds. */
export type ServiceLog = {
  /** Lines before this are counted. */
  cursor: number;
  /** Lines from here on are read again, for those that came late. */
  rereadFrom: number;
  /** Start of the first period that was read; 0 before. */
  firstReadAt: number;
  /** Periods watched: a sum that fades like those of the patterns. */
  periods: number;
  /** Lines lately, and those that tell of an error: sums that fade over 30 s. */
  lines: number;
  errors: number;
  seen: SeenLines;
  readonly tenants: TenantShares;
  readonly patterns: Map<string, PatternRate>;
};

export const newServiceLog = (): ServiceLog => ({
  cursor: 0,
  rereadFrom: 0,
  firstReadAt: 0,
  periods: 0,
  lines: 0,
  errors: 0,
  seen: new Map(),
  tenants: new Map(),
  patterns: new Map(),
});

export type ReadStretch = {
  readonly from: number;
  readonly to: number;
  /** Up to here the lines are all there are; `to` unless there were too many. */
  readonly readTo: number;
  readonly periodSeconds: number;
};
export type LogSamples = Readonly<Record<LogMetric, readonly Sample[]>>;

/** Nothing is called new before a service was watched for so long, and everything is for so long after. */
export const warmUpSeconds = 600;
const newSeconds = 900;
const shareSeconds = 30;
/** So many lines without an error are thought to each service: one of two is no share. */
const thoughtLines = 10;
/** A period of which less was read is left out. */
const leastCoverage = 0.05;
/** Kinds of line that one service may add in one reading, and have. */
const mostNewPatterns = 100;
const mostPatterns = 400;
const evictedShare = 0.1;
const seldom = 2;

export const isWarm = ({ firstReadAt }: ServiceLog, at: number): boolean =>
  firstReadAt > 0 && at - firstReadAt >= warmUpSeconds * 1000;

/**
 * Counts the lines of a stretch, period by period, and makes a sample of each series for each. Lines that came late
 * count in the first period of the stretch. Where only a part of a period was read, the rest is taken to be like it.
 */
export function countLines(
  log: ServiceLog,
  miner: TemplateMiner,
  lines: readonly LogLine[],
  { from, to, readTo, periodSeconds }: ReadStretch,
): LogSamples {
  const period = periodSeconds * 1000;
  const unseen = foldStackTraces(unseenLines(lines, log.seen, from));
  const byPeriod = new Map<number, LogLine[]>();
  for (const line of unseen) {
    // Periods count from where reading stopped, which is off the grid once after the interval was changed.
    const at = from + Math.max(0, Math.floor((line.at - from) / period)) * period;
    const known = byPeriod.get(at);
    if (known === undefined) byPeriod.set(at, [line]);
    else known.push(line);
  }
  const samples: Record<LogMetric, Sample[]> = {
    ErrorLineShare: [],
    WorstTenantErrorShare: [],
    NewErrorPattern: [],
    PatternRate: [],
  };
  let mayAdd = mostNewPatterns;
  for (let at = from; at < to; at += period) {
    const coverage = Math.min(1, (readTo - at) / Math.min(period, to - at));
    if (coverage < leastCoverage) break;
    if (log.firstReadAt === 0) log.firstReadAt = at;
    const reading = countPeriod(log, miner, byPeriod.get(at) ?? [], {
      at,
      periodSeconds,
      weight: 1 / coverage,
      mayAdd,
    });
    mayAdd -= reading.added;
    for (const metric of logMetricNames) samples[metric].push({ at, value: reading[metric] });
  }
  log.cursor = to;
  // Of what was read in part only, it cannot be told what came late.
  const { seen, from: rereadFrom } = rememberLines(readTo < to ? [] : lines, to);
  log.seen = seen;
  log.rereadFrom = readTo < to ? to : rereadFrom;
  if (log.patterns.size > mostPatterns) dropSeldom(log);
  return samples;
}

function countPeriod(
  log: ServiceLog,
  miner: TemplateMiner,
  lines: readonly LogLine[],
  {
    at,
    periodSeconds,
    weight,
    mayAdd,
  }: { readonly at: number; readonly periodSeconds: number; readonly weight: number; readonly mayAdd: number },
): Record<LogMetric, number> & { readonly added: number } {
  const counts = new Map<string, number>();
  const fade = Math.exp(-periodSeconds / shareSeconds);
  log.lines *= fade;
  log.errors *= fade;
  let added = 0;
  for (const line of lines) {
    const message = messageOf(line.message);
    if (message.structured === null && isStackFrame(line.message.slice(0, 1000)) && !line.message.includes('\n'))
      continue;
    const level = severityOf(message);
    log.lines += weight;
    if (level === 'error') log.errors += weight;
    for (const tenant of tenantsOf(line.message.slice(0, 4096))) {
      addTenantLine(log.tenants, tenant, level === 'error', weight, at);
    }
    const match = miner.observeMessage(line.message, message, line.at, added < mayAdd);
    if (match === null) continue;
    if (match.isNew) added += 1;
    const name = `${match.id} ${level}`;
    counts.set(name, (counts.get(name) ?? 0) + weight);
    if (!log.patterns.has(name)) log.patterns.set(name, inherit(log, miner, match.id, level, at));
  }
  const context = { at, periodSeconds, periods: log.periods };
  let anew = 0;
  let beyond = 0;
  for (const [name, rate] of log.patterns) {
    const count = counts.get(name) ?? 0;
    if (count === 0 && at - rate.lastSeen > 60_000) continue;
    const score = addPeriod(rate, count, context);
    if (isNewError(log, rate, at)) anew = Math.max(anew, score);
    else if (rate.level !== 'info' && rate.level !== 'debug') beyond = Math.max(beyond, score);
  }
  log.periods = log.periods * Math.exp(-periodSeconds / patternMemorySeconds) + 1;
  return {
    ErrorLineShare: (100 * log.errors) / (log.lines + thoughtLines),
    WorstTenantErrorShare: worstShare(log.tenants, at),
    NewErrorPattern: anew,
    PatternRate: beyond,
    added,
  };
}

const isNewError = (log: ServiceLog, { level, firstSeen }: PatternRate, at: number): boolean =>
  level === 'error' && isWarm(log, firstSeen) && at - firstSeen < newSeconds * 1000;

/** A pattern that others were merged into goes on from what was known of them. */
function inherit(log: ServiceLog, miner: TemplateMiner, id: string, level: LogLevel, at: number): PatternRate {
  const rate = newPatternRate(level, at);
  let firstSeen = at;
  for (const [name, old] of log.patterns) {
    const [oldId = ''] = name.split(' ');
    if (oldId === id || old.level !== level || miner.resolve(oldId) !== id) continue;
    firstSeen = Math.min(firstSeen, old.firstSeen);
    rate.sum += old.sum;
    rate.squares += old.squares;
    rate.recent += old.recent;
    rate.at = Math.min(rate.at, old.at);
    log.patterns.delete(name);
  }
  return { ...rate, firstSeen };
}

/** Those seen once or twice go first, and then the longest unseen. */
function dropSeldom(log: ServiceLog): void {
  const firstToGo = [...log.patterns].sort(
    ([, one], [, other]) => Number(one.sum > seldom) - Number(other.sum > seldom) || one.lastSeen - other.lastSeen,
  );
  const many = log.patterns.size - mostPatterns + Math.ceil(mostPatterns * evictedShare);
  for (const [name] of firstToGo.slice(0, many)) log.patterns.delete(name);
}
