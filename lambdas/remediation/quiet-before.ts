import type { Incident } from '../domain/incident/incident.ts';
import type { Incidents } from '../ports/incidents.ts';

/**
 * How long the trouble of a relapse had been quiet before this onset, in seconds, from the first of the clean windows by which
 * the earlier incident was resolved; 0 for what is no relapse.
 */
export const readQuietBefore = async (
  incidents: Pick<Incidents, 'decisions'>,
  { relapseOf, onset }: Pick<Incident, 'relapseOf' | 'onset'>,
  periodSeconds: number,
): Promise<number> => {
  if (relapseOf === null) return 0;
  const quietSince = (await incidents.decisions(relapseOf)).flatMap((record) =>
    record.kind === 'verification' && record.verification.verdict === 'recovered'
      ? [record.verification.judgedAt - record.verification.cleanWindows * periodSeconds * 1000]
      : [],
  );
  return quietSince.length === 0 ? 0 : Math.max(0, (onset - Math.max(...quietSince)) / 1000);
};
