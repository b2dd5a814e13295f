import type { ReadSample } from './archived-samples.ts';

/** What was read is on its way to the archive for as long as this. */
export const partMilliseconds = 600_000;
/** A day of history of a whole shard is put away at once, rather than carried along. */
const samplesInPart = 50_000;
const hourMilliseconds = 3_600_000;

/**
 * True when what was read so far makes a part of the archive: after ten minutes, at the
 * turn of an hour, or when it is much. `end` is that of the stretch about to be read, epoch milliseconds.
 */
export function isPartDue(unarchived: readonly ReadSample[], end: number): boolean {
  const first = unarchived[0];
  if (first === undefined || end === first.readAt) return false;
  return (
    unarchived.length >= samplesInPart || end - first.readAt >= partMilliseconds || hourOf(first.readAt) !== hourOf(end)
  );
}

/** Folders of the archive. */
export const archiveFolders = { samples: 'samples', topology: 'topology' } as const;

/** Where the topology of a time is kept: with its hour. */
export const topologyName = (at: number): string =>
  `${archiveFolders.topology}/${hourName(at)}/${timeName(at)}.json.gz`;

/** By hour and shard; named by when its first sample was read, so that writing it again replaces it by the same. */
export function partName(shard: string, first: ReadSample): string {
  return `${archiveFolders.samples}/${hourName(first.readAt)}/${shard}/${timeName(first.readAt)}.json.gz`;
}

/** `2030-01-31/17`, in UTC. */
export const hourName = (at: number): string => new Date(at).toISOString().slice(0, 13).replace('T', '/');

/** A time as part of a key, in UTC: `2030-01-31T17-05-00.000Z`. */
export const timeName = (at: number): string => new Date(at).toISOString().replaceAll(':', '-');

const hourOf = (at: number): number => Math.floor(at / hourMilliseconds);
