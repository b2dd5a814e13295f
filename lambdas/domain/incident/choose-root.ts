import type { Anomaly } from '../anomaly/anomaly.ts';
import type { ServiceName } from '../ids.ts';
import type { Scene } from './scene.ts';
import { symptom } from './symptom.ts';

/** Trouble of a cause shows within this time of its first sign, or is another's. */
export const oneCauseMilliseconds = 600_000;

/**
 * True when trouble in `root` would also bring about this anomaly: harm travels
 * to callers, traffic to dependencies, and the load that traffic makes goes with
 * it, as do the connections that are held. What a service can only have from itself is explained by nobody else.
 */
export function explains(root: ServiceName, anomaly: Anomaly, scene: Scene): boolean {
  const { service } = anomaly;
  if (service === root) return true;
  if (scene.isOwn(anomaly)) return false;
  if (scene.graph.callersOf(root).has(service)) return true;
  if (!scene.graph.dependenciesOf(root).has(service)) return false;
  if (anomaly.role === 'connections' && scene.holdsMore(root)) return true;
  return symptom(anomaly) === 'traffic' || (symptom(anomaly) === 'strain' && scene.isAskedMore(service));
}

/** Callers write of a trouble as much as who has it, so words add to a cause and make none. */
const isOfOneself = (anomaly: Anomaly): boolean => symptom(anomaly) === 'harm' || symptom(anomaly) === 'strain';

/** One anomaly's voice: a service speaks louder than one of its instances or its log, a strong deviation louder than a weak one. */
const weight = (anomaly: Anomaly): number =>
  Math.min(anomaly.score, 4) * (anomaly.instance === null && symptom(anomaly) !== 'words' ? 1 : 0.5);

/** So much of its harm counts for a service's own where its calls fail: the more likely cause is whom it calls. */
const harmFromBelow = 0.25;
/** A service that shows nothing itself is suspected when so many that call it have failing calls. */
const callersToSuspect = 2;

/**
 * The service whose trouble best explains the anomalies, or null when none of
 * them is more than traffic. A candidate must be in trouble itself, or be what
 * several services in trouble call in vain: who takes no calls at all shows
 * nothing. The more of the whole it explains, the more it shows of its own and
 * the earlier it began, the better; to be what all those call whose calls fail counts as showing. Ties go to the later in the chain of calls.
 */
export function chooseRoot(anomalies: readonly Anomaly[], scene: Scene): ServiceName | null {
  const { graph } = scene;
  const inTrouble = new Set(anomalies.filter(isOfOneself).map(({ service }) => service));
  if (inTrouble.size === 0) return null;
  const total = sum(anomalies);
  const first = Math.min(...anomalies.map(({ onset }) => onset));
  const calledInVain = [...scene.suspects].flatMap(([service, callers]) => {
    const quiet = anomalies.some(
      (anomaly) => anomaly.service === service && anomaly.role === 'requests' && anomaly.direction === 'below',
    );
    return callers >= callersToSuspect || quiet ? [service] : [];
  });
  const rated = [...new Set([...inTrouble, ...calledInVain])].map((service) => {
    const own = anomalies.filter((anomaly) => anomaly.service === service);
    const explained = sum(anomalies.filter((anomaly) => explains(service, anomaly, scene))) / total;
    const strain = sum(own.filter((anomaly) => symptom(anomaly) === 'strain'));
    const passedUp = scene.failsCalling(service) && !scene.failsByItself(service);
    const harm = sum(own.filter((anomaly) => symptom(anomaly) === 'harm')) * (passedUp ? harmFromBelow : 1);
    const begun = own.filter(isOfOneself).map(({ onset }) => onset);
    const delaySeconds = begun.length === 0 ? 0 : (Math.min(...begun) - first) / 1000;
    const shown = Math.min(1, (1.5 * strain + harm) / (0.5 * total));
    const blamed = scene.failsCalling(service) ? 0 : (scene.blame.get(service) ?? 0);
    return { service, rating: explained + 0.3 * Math.max(shown, blamed) - Math.min(delaySeconds, 120) / 240 };
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
