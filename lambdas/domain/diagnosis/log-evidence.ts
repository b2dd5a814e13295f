import type { InstanceId, ServiceName } from '../ids.ts';
import type { LogLine } from '../signal/series.ts';
import type { LogEvidence } from './evidence.ts';
import { type ReadLine, readLogLine } from './log-template.ts';

export type LogInterval = { readonly from: number; readonly onset: number; readonly to: number };

type Group = {
  readonly service: ServiceName;
  readonly read: ReadLine;
  before: number;
  since: number;
  firstSeen: number;
  readonly instances: Set<InstanceId>;
  readonly merchants: Set<string>;
  readonly values: Map<string, number>;
};

const minimumShare = 0.25;
const maximumValuesKept = 500;

/** Groups lines by service and template, with rates before and since onset; unordered. */
export const groupLogs = (lines: readonly LogLine[], interval: LogInterval): readonly Omit<LogEvidence, 'id'>[] => {
  const groups = new Map<string, Group>();
  for (const line of lines) {
    if (line.at < interval.from || line.at >= interval.to) {
      continue;
    }
    const read = readLogLine(line.message);
    if (read === null || read.template === '') {
      continue;
    }
    const key = `${line.service} ${read.level} ${read.template}`;
    const group = groups.get(key) ?? newGroup(line, read);
    groups.set(key, group);
    count(group, line, read, interval.onset);
  }
  const minutesBefore = Math.max((interval.onset - interval.from) / 60_000, 1 / 60);
  const minutesSince = Math.max((interval.to - interval.onset) / 60_000, 1 / 60);
  return [...groups.values()].map((group) => ({
    type: 'log',
    service: group.service,
    template: group.read.template,
    level: group.read.level,
    perMinuteBefore: round(group.before / minutesBefore),
    perMinuteSince: round(group.since / minutesSince),
    instances: [...group.instances].slice(0, 12),
    merchants: [...group.merchants].slice(0, 40),
    firstSeen: group.firstSeen,
    recurring: recurring(group),
    sample: group.read.template,
  }));
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
  for (const merchant of read.merchants) {
    group.merchants.add(merchant);
  }
  for (const value of read.parameters) {
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
