import { systemClock } from '../adapters/aws/system-clock.ts';
import { respondInputSchema } from '../contract/state-machine.ts';
import { archive } from '../deployed/objects.ts';
import { records } from '../deployed/records.ts';
import { target } from '../deployed/target.ts';
import { rhythm, telemetry } from '../deployed/telemetry.ts';
import { respondHandler } from '../runtime/respond-handler.ts';
import { createVerify } from './verify.ts';

const verify = createVerify({ ...records, clock: systemClock, telemetry, target, archive }, rhythm);

export const handler = respondHandler(respondInputSchema, verify);
