import { countingIds } from '../../lambdas/adapters/memory/ids.ts';
import type { ModelBrief } from '../../lambdas/ports/language-model.ts';
import { measureOutage, type OutageReport } from './measure-outage.ts';

const incidentsAtOnce = 50;
/** What a provider that is down says, or does not say. */
const outageKinds = ['unavailable', 'rate-limit', 'server-error', 'stall', 'cut'] as const;

/** An outage of each kind, once of a provider that had answered a moment before and once of one that nobody had asked yet. */
export const measureOutages = async (
  evidence: readonly Pick<ModelBrief, 'incident' | 'bundle'>[],
  random: () => number,
): Promise<readonly OutageReport[]> => {
  const ids = countingIds({ now: Date.now });
  const briefs = Array.from({ length: incidentsAtOnce }, (_, index) => evidence[index % evidence.length]).flatMap(
    (one) =>
      one === undefined
        ? []
        : [{ bundle: one.bundle, incident: { ...one.incident, id: ids.incident() }, ruledOut: [], diagnosis: null }],
  );
  const reports: OutageReport[] = [];
  for (const kind of outageKinds) {
    for (const proven of [true, false]) reports.push(await measureOutage(briefs, kind, { proven, random }));
  }
  return reports;
};

/** One line for each outage. */
export const outageLines = (reports: readonly OutageReport[]): readonly string[] =>
  reports.map(
    ({ kind, proven, incidents, callsToTheOneDown, during, callsAtReturn, after, mostAtOnce, mostPerMinute }) =>
      [
        `${kind.padEnd(13)} ${proven ? 'answered before' : 'not asked before'}: ${callsToTheOneDown} calls for ${incidents} incidents`,
        `meanwhile ${counted(during)}`,
        `tried ${callsAtReturn.stillDown} time while down`,
        `then ${counted(after)}`,
        `at once ${mostAtOnce.seen} of ${mostAtOnce.allowed}, in a minute ${mostPerMinute.seen} of ${mostPerMinute.allowed}`,
      ].join('; '),
  );

const counted = (counts: Readonly<Record<string, number>>): string =>
  Object.entries(counts)
    .map(([who, count]) => `${who} ${count}`)
    .join(', ');
