import type { Anomaly } from '../../lambdas/domain/anomaly/anomaly.ts';
import type { Incident } from '../../lambdas/domain/incident/incident.ts';
import { expected, measure } from './measure.ts';
import { count, plain } from './text.ts';
import type { TimelineEvent } from './timeline-event.ts';

const anomalyText = (anomaly: Anomaly): string => {
  const where = anomaly.instance ?? anomaly.service;
  const normal = expected(anomaly.metric, anomaly.band);
  return plain(
    anomaly.direction === 'missing'
      ? `${where} ${anomaly.metric} fell silent`
      : `${where} ${anomaly.metric} ${measure(anomaly.metric, anomaly.observed)}, normal is ${normal}`,
  );
};

/** How each stream of detection came to speak. */
const streamText: Readonly<Record<Anomaly['stream'], string>> = {
  novelty: 'a course that it never took before',
  envelope: 'out of what earlier days had at this time',
  week: 'unusual for this hour of the week',
  level: 'its level has moved',
  change: 'it jumped further than it does',
  variability: 'it is rougher or stiller than it was',
  spikes: 'it spikes',
  drift: 'it stays away from what was expected lately',
  silence: 'it stopped',
  log: 'lines of its log',
  fused: 'several weak signs together',
  trend: 'it is on its way to a limit',
};

/**
 * The first symptom since the onset, and how many more there were as the incident opened; nothing when there was none.
 * What was odd before the onset joined later: it is told of as such, and is no first symptom.
 */
export const symptoms = (
  anomalies: readonly Anomaly[],
  { onset, openedAt }: Pick<Incident, 'onset' | 'openedAt'>,
): readonly TimelineEvent[] => {
  const atOpening = anomalies.filter((anomaly) => anomaly.onset >= onset && anomaly.onset <= openedAt);
  const earlier = anomalies.filter((anomaly) => anomaly.onset < onset);
  const first = atOpening.toSorted((one, other) => one.onset - other.onset || other.score - one.score)[0];
  if (first === undefined) return [];
  const told = `${first.direction}: ${streamText[first.stream]}`;
  const others = atOpening.filter((anomaly) => anomaly !== first);
  const services = new Set(others.map((anomaly) => anomaly.service)).size;
  const details = [
    told,
    ...(others.length === 0
      ? []
      : [`and ${count(others.length, 'more series', 'more series')} of ${count(services, 'service')}`]),
    ...(earlier.length === 0
      ? []
      : [`${count(earlier.length, 'series', 'series')} that joined later had been odd before the onset`]),
  ];
  return [{ id: 'symptom', at: first.onset, label: 'symptom', tone: 'plain', headline: anomalyText(first), details }];
};
