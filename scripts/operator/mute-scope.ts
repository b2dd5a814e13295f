import { summariesOf } from '../../lambdas/domain/anomaly/overview.ts';
import type { MuteScope } from '../../lambdas/domain/mute/mute.ts';
import type { DetectorState } from '../../lambdas/ports/detector-state.ts';
import type { Target } from '../../lambdas/ports/target.ts';
import { UserError } from '../user-error.ts';
import { savedOverview } from './saved-overview.ts';

type World = { readonly target: Pick<Target, 'describe'>; readonly detectorState: Pick<DetectorState, 'load'> };

/** A service by its name. A UserError lists those there are. */
export const serviceScope = async ({ target }: Pick<World, 'target'>, name: string): Promise<MuteScope> => {
  const { services } = await target.describe();
  const found = services.find((service) => service.name === name);
  if (found !== undefined) return { of: 'service', service: found.name };
  throw new UserError(`There is no service '${name}'. Known: ${services.map((service) => service.name).join(', ')}.`);
};

/** A service by its name, or else a series by its id: whatever detection watches, log series and other namespaces included. */
export const scopeOf = async (world: World, text: string): Promise<MuteScope> => {
  if (!text.includes('|')) return serviceScope(world, text);
  const overview = await savedOverview(world.detectorState);
  if (overview === null) throw new UserError('Detection has seen no series yet: npm run status');
  const found = summariesOf(overview).find(({ series }) => series.id === text);
  if (found !== undefined) return { of: 'series', series: found.series.id };
  throw new UserError(`There is no series '${text}': an incident's page and npm run tables -- incidents name them.`);
};
