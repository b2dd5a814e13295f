import { sameTroubleMilliseconds } from '../../lambdas/domain/incident/relapse.ts';
import type { Incidents } from '../../lambdas/ports/incidents.ts';

const newest = 50;

/** Services of incidents that were resolved so short a while ago that the same trouble anew would be taken for a relapse. */
export const latelyResolved = async (
  incidents: Pick<Incidents, 'listByState'>,
  now: number,
): Promise<ReadonlySet<string>> => {
  const resolved = await incidents.listByState('resolved', newest, () => {});
  return new Set(
    resolved
      .filter(({ closedAt }) => closedAt !== null && now - closedAt < sameTroubleMilliseconds)
      .map(({ service }) => service),
  );
};
