import { z } from 'zod';
import { type EvidenceBundle, evidenceBundleSchema } from '../domain/diagnosis/evidence.ts';
import { type Incident, type Yardstick, yardstickSchema } from '../domain/incident/incident.ts';
import type { Archive } from '../ports/archive.ts';

/** @throws when the object is missing: it was archived before the row that names it */
const read = async (archive: Pick<Archive, 'get'>, key: string): Promise<unknown> => {
  const body = await archive.get(key);
  if (body === null) throw new Error(`the archive has no ${key}`);
  return JSON.parse(body);
};

export const readYardsticks = async (
  archive: Pick<Archive, 'get'>,
  { yardstickKey }: Pick<Incident, 'yardstickKey'>,
): Promise<readonly Yardstick[]> => z.array(yardstickSchema).parse(await read(archive, yardstickKey));

/** The evidence that was frozen for the running attempt. */
export const readEvidence = async (
  archive: Pick<Archive, 'get'>,
  { id, evidenceKey }: Pick<Incident, 'id' | 'evidenceKey'>,
): Promise<EvidenceBundle> => {
  if (evidenceKey === null) throw new Error(`incident ${id} is being diagnosed without evidence`);
  return evidenceBundleSchema.parse(await read(archive, evidenceKey));
};
