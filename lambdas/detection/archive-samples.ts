import type { Shard } from '../domain/anomaly/shard.ts';
import { isPartDue, partName } from '../domain/signal/archive-plan.ts';
import { writePart } from '../domain/signal/archived-samples.ts';
import type { ScanArchive } from '../ports/scan-archive.ts';

/**
 * Puts what earlier scans of the shard have read into the archive, when it is
 * time for that. It depends on the stored state alone: a scan that loses, dies or
 * is doubled writes the same part again under the same name, and none is lost, because
 * the state lets go of it only when it is saved afterwards.
 */
export async function archiveSamples(archive: ScanArchive, name: string, shard: Shard, end: number): Promise<void> {
  const { unarchived, watches } = shard;
  const [first] = unarchived;
  if (first === undefined || !isPartDue(unarchived, end)) return;
  const series = [...watches.values()].map((watch) => watch.series);
  await archive.put(partName(name, first), writePart({ shard: name, series, samples: unarchived }));
  shard.unarchived = [];
}
