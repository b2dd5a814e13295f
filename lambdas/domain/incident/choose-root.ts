import type { Anomaly } from '../anomaly/anomaly.ts';
import type { ServiceName } from '../ids.ts';
import type { CallGraph } from './call-graph.ts';
import { symptom } from './symptom.ts';

/** Trouble of a cause shows within this time of its first sign, or is another's. */
export const oneCauseMilliseconds = 600_000;

/** True when trouble in `root` would also bring about this anomaly: harm travels to callers, traffic to dependencies. */
export function explains(root: ServiceName, anomaly: Anomaly, graph: CallGraph): boolean {
  if (anomaly.service === root || graph.callersOf(root).has(anomaly.service)) return true;
  return symptom(anomaly) === 'traffic' && graph.dependenciesOf(root).has(anomaly.service);
}

/** Callers write of a trouble as much as who has it, so words add to a cause and make none. */
const isOfOneself = (anomaly: Anomaly): boolean => symptom(anomaly) === 'harm' || symptom(anomaly) === 'strain';

/** One anomaly's voice: a service speaks louder than one of its instances or its log, a strong deviation louder than a weak one. */
const weight = (anomaly: Anomaly): number =>
  Math.min(anomaly.score, 4) * (anomaly.instance === null && symptom(anomaly) !== 'words' ? 1 : 0.5);

/**
 * The service whose trouble best explains the anomalies, or null when none of
 * them is more than traffic. A candidate must be in trouble itself; the more of
 * the whole it explains, the more it shows of its own and the earlier it began,
 * the better. Ties go to the later in the chain of calls.
 */
export function chooseRoot(anomalies: readonly Anomaly[], graph: CallGraph): ServiceName | null {
  const total = sum(anomalies);
  const first = Math.min(...anomalies.map(({ onset }) => onset));
  const candidates = [...new Set(anomalies.filter(isOfOneself).map(({ service }) => service))];
  const rated = candidates.map((service) => {
    const own = anomalies.filter((anomaly) => anomaly.service === service);
    const explained = sum(anomalies.filter((anomaly) => explains(service, anomaly, graph))) / total;
    const strain = sum(own.filter((anomaly) => symptom(anomaly) === 'strain'));
    const harm = sum(own.filter((anomaly) => symptom(anomaly) === 'harm'));
    const delaySeconds = (Math.min(...own.map(({ onset }) => onset)) - first) / 1000;
    const shown = Math.min(1, (1.5 * strain + harm) / (0.5 * total));
    return { service, rating: explained + 0.3 * shown - Math.min(delaySeconds, 120) / 240 };
  });
  rated.sort(
    (one, other) =>
      other.rating - one.rating ||
      graph.callersOf(other.service).size - graph.callersOf(one.service).size ||
      one.service.localeCompare(other.service),
  );
  return rated[0]?.service ?? null;
}

const sum = (anomalies: readonly Anomaly[]): number => anomalies.reduce((total, anomaly) => total + weight(anomaly), 0);
