import type { ServiceName } from '../ids.ts';
import type { ReadingEnd } from '../signal/series.ts';
import { distancesFrom } from './call-distance.ts';
import { chooseLogs, chooseMetrics } from './choose-evidence.ts';
import { type Evidence, type EvidenceBundle, evidenceBundleSchema, type LogEvidence } from './evidence.ts';
import type { EvidenceSources } from './evidence-sources.ts';
import { findFindings, shortestBaseline } from './findings.ts';
import { groupLogs } from './log-evidence.ts';
import { troubleOnset } from './trouble-onset.ts';
import { withinBytes } from './within-bytes.ts';

export type BuiltEvidence = {
  readonly bundle: EvidenceBundle;
  /** Merchants named in failing requests since onset. */
  readonly merchantsHurt: number;
};

const maximumChanges = 20;
const maximumPast = 5;

/** Freezes what may be cited, most telling first, with ids E1, E2 and so on. */
export const buildEvidence = (sources: EvidenceSources): BuiltEvidence => {
  const { incident } = sources;
  const onset = troubleOnset(sources);
  const distance = distancesFrom(incident, sources.topology);
  const readFrom = new Map([...sources.logsRead].map(([service, read]) => [service, read.from]));
  const logs = groupLogs(sources.logs, { from: sources.from, onset, to: sources.to, readFrom });
  const items: readonly Unnumbered[] = [
    ...chooseMetrics(sources, onset, distance),
    ...chooseLogs(logs, distance, sources.topology.services.length),
    ...sources.changes
      .filter(({ at }) => at < sources.to)
      .sort((left, right) => right.at - left.at)
      .slice(0, maximumChanges)
      .map((change) => ({ type: 'change' as const, change })),
    { type: 'topology', topology: sources.topology },
    ...sources.past.slice(0, maximumPast).map((past) => ({ type: 'pastIncident' as const, ...past })),
  ];
  const bundle = evidenceBundleSchema.parse({
    incidentId: incident.id,
    frozenAt: sources.to,
    onset,
    periodSeconds: sources.periodSeconds,
    items: items.map((item, index) => ({ ...item, id: `E${index + 1}` })),
    unread: cutShort(sources, 'late', onset),
    unreadSeries: sources.series.filter(({ id }) => !sources.samples.has(id)).length,
  });
  const fitted = withinBytes(bundle);
  return {
    bundle: {
      ...fitted,
      findings: [
        ...findFindings({
          bundle: fitted,
          title: incident.title,
          logs,
          cutShort: cutShort(sources, 'limited', onset - shortestBaseline),
        }),
      ],
    },
    merchantsHurt: countMerchantsHurt(logs),
  };
};

/** Services whose lines were not read back to a time, for one reason. */
const cutShort = ({ logsRead }: EvidenceSources, why: ReadingEnd, to: number): readonly ServiceName[] =>
  [...logsRead].flatMap(([service, { from, end }]) => (end === why && from > to ? [service] : []));

type WithoutId<T> = T extends { readonly id: unknown } ? Omit<T, 'id'> : never;
type Unnumbered = WithoutId<Evidence>;

const countMerchantsHurt = (logs: readonly Omit<LogEvidence, 'id'>[]): number =>
  new Set(logs.filter(({ level }) => level === 'error' || level === 'warn').flatMap(({ merchants }) => merchants)).size;
