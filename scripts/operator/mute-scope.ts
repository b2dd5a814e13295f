import type { MuteScope } from '../../lambdas/domain/mute/mute.ts';
import type { Target, Telemetry } from '../../lambdas/ports.ts';
import { UserError } from '../user-error.ts';

type World = { readonly target: Pick<Target, 'describe'>; readonly telemetry: Pick<Telemetry, 'listSeries'> };

/** A service by its name. A UserError lists those there are. */
export const serviceScope = async ({ target }: World, name: string): Promise<MuteScope> => {
  const { services } = await target.describe();
  const found = services.find((service) => service.name === name);
  if (found !== undefined) return { of: 'service', service: found.name };
  throw new UserError(`There is no service '${name}'. Known: ${services.map((service) => service.name).join(', ')}.`);
};

/** A service by its name, or else a series by its id. */
export const scopeOf = async (world: World, text: string): Promise<MuteScope> => {
  if (!text.includes('|')) return serviceScope(world, text);
  const series = (await world.telemetry.listSeries()).find(({ id }) => id === text);
  if (series !== undefined) return { of: 'series', series: series.id };
  throw new UserError(`There is no series '${text}': an incident's page and npm run tables -- incidents name them.`);
};
