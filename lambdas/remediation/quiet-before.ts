import type { Incident } from '../domain/incident/incident.ts';
import { couldHaveFailed } from '../domain/incident/relapse.ts';
import type { Incidents } from '../ports/incidents.ts';

/**
 * How long the trouble of a relapse had been quiet before this onset, in seconds, from the first of the clean windows by which
 * the earlier incident was resolved; 0 for what is no relapse, and where what was done then has nothing to do with it.
 */
export const readQuietBefore = async (
  incidents: Pick<Incidents, 'decisions' | 'actions'>,
  { relapseOf, onset }: Pick<Incident, 'relapseOf' | 'onset'>,
  periodSeconds: number,
): Promise<number> => {
  if (relapseOf === null) return 0;
  const [decisions, actions] = await Promise.all([incidents.decisions(relapseOf), incidents.actions(relapseOf)]);
  if (actions.length > 0 && !couldHaveFailed(actions.map(({ step }) => step.runbook))) return 0;
  const quietSince = decisions.flatMap((record) =>
    record.kind === 'verification' && record.verification.verdict === 'recovered'
      ? [record.verification.judgedAt - record.verification.cleanWindows * periodSeconds * 1000]
      : [],
  );
  return quietSince.length === 0 ? 0 : Math.max(0, (onset - Math.max(...quietSince)) / 1000);
};
