import { designs } from './designs.ts';
import { serviceIndex } from './services.ts';

/** Positions of the services that each service calls, in the order of its calls. */
export const targets = designs.map((design) => design.calls.map((call) => serviceIndex(call.to)));
