import { systemClock } from '../adapters/aws/system-clock.ts';
import { askPersonInputSchema } from '../contract/state-machine.ts';
import { notifier } from '../deployed/notifier.ts';
import { records } from '../deployed/records.ts';
import { respondHandler } from '../runtime/respond-handler.ts';
import { createAskPerson } from './ask-person.ts';

const askPerson = createAskPerson({ ...records, clock: systemClock, notifier });

export const handler = respondHandler(askPersonInputSchema, askPerson);
