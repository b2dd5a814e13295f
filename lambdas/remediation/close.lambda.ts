import { systemClock } from '../adapters/aws/system-clock.ts';
import { respondInputSchema } from '../contract/state-machine.ts';
import { records } from '../deployed/records.ts';
import { target } from '../deployed/target.ts';
import { respondHandler } from '../runtime/respond-handler.ts';
import { createClose } from './close.ts';

const close = createClose({ ...records, clock: systemClock, target });

export const handler = respondHandler(respondInputSchema, close);
