import type { InstanceId, ServiceName } from '../ids.ts';
import { messageOf } from '../signal/log-templates/message-of.ts';
import { type ReadLine, readLine } from '../signal/log-templates/read-line.ts';
import { createTemplateMiner, type TemplateMiner } from '../signal/log-templates/template-miner.ts';
import type { LogLine } from '../signal/series.ts';
import { type AddressingKind, addressingOf } from '../signal/untrusted/addressing.ts';
import type { LogEvidence } from './evidence.ts';

export type LogInterval = {
  readonly from: number;
  readonly onset: number;
  readonly to: number;
  /** From when on all lines of a service were read. */
  readonly readFrom: ReadonlyMap<ServiceName, number>;
};

/** A pattern, with how much of the time before onset its rate before was counted over. */
export type LogGroup = Omit<LogEvidence, 'id'> & { readonly minutesBefore: number };

type Group = {
  readonly service: ServiceName;
  readonly read: ReadLine;
  before: number;
  since: number;
  firstSeen: number;
  readonly instances: Set<InstanceId>;
  readonly merchants: Set<string>;
  readonly values: Map<string, number>;
  readonly addressing: Set<AddressingKind>;
};

const minimumShare = 0.25;
const maximumValuesKept = 500;
/** Whose first line is nearer to the onset than this was silent before rather than new: it may be the trouble's own. Milliseconds. */
const shortestBefore = 120_000;

/**
 * Groups lines by service, level and template, with rates before and since onset; unordered. Rates before onset are those of
 * the time in which lines can have been seen: from the workload's first line on, and from where a service was read.
 */
export const groupLogs = (lines: readonly LogLine[], interval: LogInterval): readonly LogGroup[] => {
  const miner = createTemplateMiner();
  const found = lines
    .filter(({ at }) => at >= interval.from && at < interval.to)
    .flatMap((line) => findTemplate(line, miner));
  const groups = new Map<string, Group>();
  for (const { line, read, template } of found) {
    // By the id that it goes by in the end: words may have proved to be values.
    const key = `${line.service} ${read.level} ${miner.resolve(template)}`;
    const group = groups.get(key) ?? newGroup(line, read);
    groups.set(key, group);
    count(group, line, read, interval.onset);
    for (const kind of addressingOf(line.message)) group.addressing.add(kind);
  }
  const begun = lines.reduce((earliest, { at }) => Math.min(earliest, at), interval.onset - shortestBefore);
  const minutesBeforeOf = (service: ServiceName): number => {
    const seenFrom = Math.max(interval.from, begun, interval.readFrom.get(service) ?? interval.from);
    return Math.max((interval.onset - seenFrom) / 60_000, 1 / 60);
  };
  const minutesSince = Math.max((interval.to - interval.onset) / 60_000, 1 / 60);
  return [...groups.values()].map((group) => ({
    type: 'log',
    service: group.service,
    template: group.read.text,
    level: group.read.level,
    perMinuteBefore: round(group.before / minutesBeforeOf(group.service)),
    perMinuteSince: round(group.since / minutesSince),
    instances: [...group.instances].slice(0, 12),
    merchants: [...group.merchants].slice(0, 40),
    firstSeen: group.firstSeen,
    recurring: recurring(group),
    sample: group.read.text,
    addressing: [...group.addressing],
    minutesBefore: minutesBeforeOf(group.service),
  }));
};

const findTemplate = (line: LogLine, miner: TemplateMiner) => {
  const message = messageOf(line.message);
  const read = readLine(line.message, message);
  const match = read === null || read.text === '' ? null : miner.observeMessage(line.message, message, line.at, true);
  return read === null || match === null ? [] : [{ line, read, template: match.id }];
};

const newGroup = (line: LogLine, read: ReadLine): Group => ({
  service: line.service,
  read,
  before: 0,
  since: 0,
  firstSeen: line.at,
  instances: new Set(),
  merchants: new Set(),
  values: new Map(),
  addressing: new Set(),
});

const count = (group: Group, line: LogLine, read: ReadLine, onset: number): void => {
  group.firstSeen = Math.min(group.firstSeen, line.at);
  if (line.at < onset) {
    group.before += 1;
    return;
  }
  group.since += 1;
  if (line.instance !== null) {
    group.instances.add(line.instance);
  }
  for (const merchant of read.tenants) {
    group.merchants.add(merchant);
  }
  for (const value of read.names) {
    if (group.values.has(value) || group.values.size < maximumValuesKept) {
      group.values.set(value, (group.values.get(value) ?? 0) + 1);
    }
  }
};

const recurring = (group: Group): LogEvidence['recurring'] =>
  [...group.values]
    .filter(([, times]) => times / group.since >= leastShare(times))
    .sort(([leftValue, left], [rightValue, right]) => right - left || (leftValue < rightValue ? -1 : 1))
    .slice(0, 6)
    .map(([value, times]) => ({ value, share: round(Math.min(1, times / group.since)) }));

/** One or two lines that name the same may do so by chance, unless they are all, or most, of what there is. */
const leastShare = (times: number): number => (times === 1 ? 1 : times === 2 ? 0.6 : minimumShare);

const round = (value: number): number => Math.round(value * 1000) / 1000;
