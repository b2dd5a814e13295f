import type { Band } from '../anomaly/anomaly.ts';
import type { Incident, Yardstick } from '../incident/incident.ts';
import type { MetricRole, Sample, SamplesBySeries } from '../signal/series.ts';

/** Roles in which callers feel trouble. */
const felt: readonly MetricRole[] = ['errors', 'timeouts', 'latency', 'queueAge'];
/** Anything that began longer before what callers feel may be another story. */
const oneStoryMilliseconds = 300_000;
/** Samples back in band for no longer than this do not end a stretch out of it. */
const pauseMilliseconds = 60_000;

type Sources = {
  readonly incident: Incident;
  readonly yardsticks: readonly Yardstick[];
  readonly band: (yardstick: Yardstick, at: number) => Band;
  readonly samples: SamplesBySeries;
  readonly from: number;
};

/**
 * From when on the trouble is compared with what was before, epoch milliseconds. An incident's onset is that
 * of its first anomaly, which may have crept in, or been there for reasons of its own, long before anyone felt
 * anything; where it did, the present stretch of felt trouble is what counts.
 */
export const troubleOnset = ({ incident, yardsticks, band, samples, from }: Sources): number => {
  const stretches = yardsticks
    .filter(({ series }) => series.instance === null && felt.includes(series.role))
    .flatMap((yardstick) => {
      const since = (samples.get(yardstick.series.id) ?? []).filter(({ at }) => at >= incident.onset);
      return presentStretch(since, ({ at, value }) => value > band(yardstick, at).high) ?? [];
    });
  const earliest = Math.min(...stretches);
  const late = stretches.length > 0 && earliest - incident.onset > oneStoryMilliseconds;
  return Math.max(from, late ? earliest : incident.onset);
};

/** Start of the stretch out of band that goes on; null where the newest minute is in band. */
const presentStretch = (samples: readonly Sample[], isOut: (sample: Sample) => boolean): number | null => {
  const newest = samples.at(-1)?.at ?? 0;
  let start: number | null = null;
  let later = newest;
  for (const sample of samples.toReversed()) {
    if (later - sample.at > pauseMilliseconds) {
      return start;
    }
    if (isOut(sample)) {
      start = sample.at;
      later = sample.at;
    }
  }
  return start;
};
