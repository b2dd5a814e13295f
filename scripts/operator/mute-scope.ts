import { summariesOf } from '../../lambdas/domain/anomaly/overview.ts';
import type { ServiceName } from '../../lambdas/domain/ids.ts';
import type { MuteScope } from '../../lambdas/domain/mute/mute.ts';
import type { DetectorState } from '../../lambdas/ports/detector-state.ts';
import type { Target } from '../../lambdas/ports/target.ts';
import { UserError } from '../user-error.ts';
import { savedOverview } from './saved-overview.ts';

type World = { readonly target: Pick<Target, 'describe'>; readonly detectorState: Pick<DetectorState, 'load'> };

/**
 * A service by its name: one that detection watches a series of, or that the control surface knows, where there is
 * one. A UserError lists those there are.
 */
export const serviceScope = async ({ target, detectorState }: World, name: string): Promise<MuteScope> => {
  const overview = await savedOverview(detectorState);
  const watched = overview === null ? [] : summariesOf(overview).map(({ series }) => series.service);
  const watchedOne = watched.find((service) => service === name);
  if (watchedOne !== undefined) return { of: 'service', service: watchedOne };
  const described = await describedServices(target);
  const found = described.find((service) => service === name);
  if (found !== undefined) return { of: 'service', service: found };
  const known = [...new Set([...watched, ...described])].sort();
  throw new UserError(
    known.length === 0
      ? `There is no service '${name}': detection has seen no series yet (npm run status).`
      : `There is no service '${name}'. Known: ${known.join(', ')}.`,
  );
};

/** None where there is no control surface, or none that answers: what detection knows is known without it. */
const describedServices = async (target: World['target']): Promise<readonly ServiceName[]> => {
  try {
    return (await target.describe()).services.map(({ name }) => name);
  } catch {
    return [];
  }
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
