import type { Anomaly } from '../anomaly/anomaly.ts';
import { anomalyOf, anomalyOfSuspicion } from '../anomaly/anomaly-of.ts';
import { read, type Summary } from '../anomaly/watch.ts';
import type { ServiceName } from '../ids.ts';
import type { Topology } from '../topology/topology.ts';
import { callGraph } from './call-graph.ts';
import { symptom } from './symptom.ts';

/** No series adds more than what one odd sample says, so that none can alarm through this alone, however wild. */
const most = 0.5;
/** Suspicion below this is everyday noise. */
const least = 0.25;
/** How alike the signals along one way of calls are: requests, failures and latency of services that wait for each other. */
const likeness = 0.5;

type Suspect = { readonly summary: Summary; readonly suspicion: number };

/** Series with some suspicion in their newest sample, alarming or not; judged at `since` or later, epoch milliseconds. */
export function suspectsOf(summaries: readonly Summary[], since: number): readonly Suspect[] {
  return summaries.flatMap((summary) => {
    const suspicion = Math.max(read(summary, 'above'), read(summary, 'below'));
    // What history ended in is no news, however suspicious.
    const isNews = read(summary, 'suspectedAt') > 0 && read(summary, 'learning') === 0;
    const counts = suspicion >= least && isNews && read(summary, 'cursor') >= since;
    return counts ? [{ summary, suspicion }] : [];
  });
}

/** So few signals never add up to an alarm: nobody need be asked for the call graph. */
export const couldFuse = (suspects: readonly Suspect[]): boolean => strength(strongestBySignal(suspects)) >= 1;

/**
 * Weak signals that make an alarm together: of a service and of those that call
 * it, for its trouble shows in all of them. What is added up is each series'
 * gathered suspicion, a CUSUM of its own already (Page 1954), so that time is
 * taken care of; here it is added across signals. Series of one role and
 * service, as those of its instances, and all that its log says, are nearly copies and count once, by the
 * strongest. The other signals are alike too, so the capped sum of k of them is
 * divided by the spread that such a sum has when any two correlate by
 * `likeness`, sqrt(1 + (k - 1) likeness): three at half an alarm each are
 * enough, two are not, and each further one adds less. Returns anomalies of the
 * series that do not alarm by themselves. Times are epoch milliseconds.
 */
export function fuseEvidence(
  suspects: readonly Suspect[],
  topology: Topology,
  { since, end }: { readonly since: number; readonly end: number },
): readonly Anomaly[] {
  const graph = callGraph(topology);
  const fused = new Set<Suspect>();
  for (const service of new Set(suspects.map(({ summary }) => summary.series.service))) {
    const callers = graph.callersOf(service);
    const felt = suspects.filter(
      ({ summary }) => summary.series.service === service || callers.has(summary.series.service),
    );
    if (strength(strongestBySignal(felt)) < 1) continue;
    for (const suspect of felt) if (suspect.suspicion >= most) fused.add(suspect);
  }
  return [...fused].flatMap(({ summary }) =>
    anomalyOf(summary, since) === null ? anomalyOfSuspicion(summary, end) : [],
  );
}

function strongestBySignal(suspects: readonly Suspect[]): readonly number[] {
  const strongest = new Map<`${ServiceName} ${string}`, number>();
  for (const { summary, suspicion } of suspects) {
    const { service, role } = summary.series;
    const signal = `${service} ${symptom({ role }) === 'words' ? 'words' : role}` as const;
    strongest.set(signal, Math.max(strongest.get(signal) ?? 0, suspicion));
  }
  return [...strongest.values()];
}

/** In alarms: 1 and more is one. */
function strength(signals: readonly number[]): number {
  const sum = signals.reduce((total, suspicion) => total + Math.min(suspicion, most), 0);
  return signals.length === 0 ? 0 : sum / Math.sqrt(1 + (signals.length - 1) * likeness);
}
