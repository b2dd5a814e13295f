import { type IncidentId, incidentIdSchema } from '../../lambdas/domain/ids.ts';
import type { Incidents } from '../../lambdas/ports/incidents.ts';
import { UserError } from '../user-error.ts';
import { listIncidents } from './list-incidents.ts';

const recent = 200;

/**
 * The incident a person means: a whole id, `last`, or the beginning or end of the id of a recent one.
 * A UserError says when none or several fit.
 */
export const findIncident = async (incidents: Incidents, asked: string): Promise<IncidentId> => {
  const whole = incidentIdSchema.safeParse(asked.toUpperCase());
  if (whole.success) {
    if ((await incidents.get(whole.data)) === null)
      throw new UserError(`There is no incident ${whole.data}: npm run incidents`);
    return whole.data;
  }
  const candidates = (await listIncidents(incidents, recent)).map((incident) => incident.id);
  return pick(candidates, asked, 'incident', 'npm run incidents');
};

/** The one id that is meant by `last`, or by its own beginning or end. Ids come newest first. */
export const pick = (ids: readonly IncidentId[], asked: string, what: string, listing: string): IncidentId => {
  if (ids.length === 0) throw new UserError(`There is no ${what}: ${listing}`);
  const part = asked.toUpperCase();
  const fitting = part === 'LAST' ? ids.slice(0, 1) : ids.filter((id) => id.startsWith(part) || id.endsWith(part));
  const [found, ...others] = fitting;
  if (found === undefined) throw new UserError(`No ${what} fits '${asked}': ${listing}`);
  if (others.length > 0)
    throw new UserError(
      `'${asked}' fits ${fitting.length} incidents: give more of the id, such as its end (${listing})`,
    );
  return found;
};
