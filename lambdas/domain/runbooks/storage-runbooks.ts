import { z } from 'zod';
import { serviceNameSchema } from '../ids.ts';
import { refuse, withService } from './find-in-topology.ts';
import type { Runbook } from './runbook.ts';

const oneService = z.strictObject({ service: serviceNameSchema });
type OneService = z.infer<typeof oneService>;
const newSize = z.strictObject({ service: serviceNameSchema, gigabytes: z.number().positive().max(16_384) });
type NewSize = z.infer<typeof newSize>;

const nothingOutOfUse = () => ({ scope: 'service' as const, capacityShare: 0 });

export const rotateLogs: Runbook<OneService> = {
  id: 'rotate-logs',
  title: 'Rotate logs off the volume, keeping a copy',
  risk: 'low',
  reversibility: { kind: 'reversible' },
  parameters: oneService,
  expectedEffect: 'Disk use falls by the size of the old logs; a copy is kept elsewhere until the incident closes.',
  effectWithinSeconds: 90,
  blastRadius: nothingOutOfUse,
  operation: ({ service }, topology) => withService(topology, service, () => ({ type: 'rotateLogs', service })),
  undo: ({ service }) => [{ type: 'restoreLogs', service }],
  letGo: ({ service }) => [{ type: 'discardLogCopies', service }],
};

export const clearTemporaryFiles: Runbook<OneService> = {
  id: 'clear-temporary-files',
  title: 'Clear temporary files, keeping a copy',
  risk: 'low',
  reversibility: { kind: 'reversible' },
  parameters: oneService,
  expectedEffect: 'Disk use falls by the size of left-over temporary files; a copy is kept until the incident closes.',
  effectWithinSeconds: 90,
  blastRadius: nothingOutOfUse,
  operation: ({ service }, topology) =>
    withService(topology, service, () => ({ type: 'clearTemporaryFiles', service })),
  undo: ({ service }) => [{ type: 'restoreTemporaryFiles', service }],
  letGo: ({ service }) => [{ type: 'discardTemporaryCopies', service }],
};

export const expandVolume: Runbook<NewSize> = {
  id: 'expand-volume',
  title: 'Expand the volume (it cannot shrink again)',
  risk: 'irreversible',
  reversibility: { kind: 'irreversible' },
  parameters: newSize,
  expectedEffect: 'The share of the disk in use falls; data and writes are untouched.',
  effectWithinSeconds: 90,
  blastRadius: nothingOutOfUse,
  operation: ({ service, gigabytes }, topology) =>
    withService(topology, service, ({ desired }) => {
      if (gigabytes <= desired.volumeGigabytes) {
        return refuse(`the volume of ${service} has ${desired.volumeGigabytes} GB already`);
      }
      if (gigabytes > desired.volumeGigabytes * 4) {
        return refuse(`${gigabytes} GB is more than four times the present ${desired.volumeGigabytes} GB`);
      }
      return { type: 'expandVolume', service, gigabytes };
    }),
  undo: null,
};
