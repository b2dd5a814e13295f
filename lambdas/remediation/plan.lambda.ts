import { systemClock } from '../adapters/aws/system-clock.ts';
import { respondInputSchema } from '../contract/state-machine.ts';
import { askModel } from '../deployed/ask-model.ts';
import { archive } from '../deployed/objects.ts';
import { records } from '../deployed/records.ts';
import { respondHandler } from '../runtime/respond-handler.ts';
import { createPlan } from './plan.ts';

const plan = createPlan({ ...records, clock: systemClock, archive, askModel });

export const handler = respondHandler(respondInputSchema, plan);
