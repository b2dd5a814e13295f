import { chosenTarget } from '../adapters/aws/chosen-target.ts';
import { systemClock } from '../adapters/aws/system-clock.ts';
import { environment } from '../runtime/environment.ts';

export const target = chosenTarget(environment, systemClock);
