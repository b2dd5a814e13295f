import { systemClock } from '../adapters/aws/system-clock.ts';
import { escalateInputSchema } from '../contract/state-machine.ts';
import { notifier } from '../deployed/notifier.ts';
import { records } from '../deployed/records.ts';
import { respondHandler } from '../runtime/respond-handler.ts';
import { createEscalate } from './escalate.ts';

const escalate = createEscalate({ ...records, clock: systemClock, notifier });

export const handler = respondHandler(escalateInputSchema, escalate);
