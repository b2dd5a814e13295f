import type { Contribution } from '../contribution.ts';
import type { ServiceView, SystemView } from '../service-view.ts';

/**
 * What speaks for and against one mechanism at one service, in general terms of how services fail; weights are
 * in units of log-likelihood.
 */
export type Signs = (system: SystemView, view: ServiceView) => readonly Contribution[];
