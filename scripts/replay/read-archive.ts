import pLimit from 'p-limit';
import { archiveFolders, hourName } from '../../lambdas/domain/signal/archive-plan.ts';
import { type ArchivedPart, readPart } from '../../lambdas/domain/signal/archived-samples.ts';
import type { Topology } from '../../lambdas/domain/topology/topology.ts';
import { topologySchema } from '../../lambdas/domain/topology/topology.ts';
import type { ScanArchive } from '../../lambdas/ports/scan-archive.ts';
import { UserError } from '../user-error.ts';

const hour = 3_600_000;
const day = 24 * hour;
/** A part may hold what was read up to an hour after its first sample. */
const partHours = 1;
/** How far back the replayed detector learns before it judges. */
const learnHours = 24;
const parallelCalls = 16;

export type ArchivedScans = {
  readonly parts: readonly ArchivedPart[];
  /** Oldest first. */
  readonly topologies: readonly Topology[];
};

/**
 * What the archive has of an interval and of the day before it, epoch milliseconds. A UserError where it has nothing, and
 * for an interval that is not within the days that it keeps, up to `now`.
 */
export async function readScans(
  archive: ScanArchive,
  { from, to }: { readonly from: number; readonly to: number },
  { now, keptDays }: { readonly now: number; readonly keptDays: number },
): Promise<ArchivedScans> {
  if (!(from >= now - keptDays * day && to <= now))
    throw new UserError(`The archive keeps the last ${keptDays} days: what is replayed must lie within them.`);
  const inTurn = pLimit(parallelCalls);
  const hours: string[] = [];
  for (let at = from - (learnHours + partHours) * hour; at < to; at += hour) hours.push(hourName(at));
  hours.push(hourName(to - 1));
  const bodies = async (folder: string): Promise<readonly string[]> => {
    const names = await Promise.all([...new Set(hours)].map((one) => inTurn(() => archive.list(`${folder}/${one}/`))));
    const found = await Promise.all(names.flat().map((name) => inTurn(() => archive.get(name))));
    return found.filter((body) => body !== null);
  };
  const parts = (await bodies(archiveFolders.samples)).map(readPart);
  if (!parts.some(({ samples }) => samples.some(({ readAt }) => readAt > from && readAt <= to))) {
    const shown = [from, to].map((at) => new Date(at).toISOString());
    throw new UserError(
      `The archive holds no scan between ${shown.join(' and ')}: the newest ten minutes are still on their way to it.`,
    );
  }
  const topologies = (await bodies(archiveFolders.topology)).map((body) => topologySchema.parse(JSON.parse(body)));
  return { parts, topologies: topologies.toSorted((one, other) => one.at - other.at) };
}
