import { z } from 'zod';
import type { Topology } from '../topology/topology.ts';
import { type Anomaly, bandSchema } from './anomaly.ts';
import { identityOf, sameTroubleMilliseconds } from './anomaly-of.ts';
import { read, type Summary } from './watch.ts';

/** Silence shorter than this is no sign, however often a series speaks. */
const silenceSeconds = { heartbeat: 20, requests: 60 } as const;
/** A process may take this long to stop, start and speak. */
const restartSeconds = 60;
/** A series is late when it is silent for so many times its longest recent gap. */
const gapFactor = 2;

/**
 * Series that ought to speak and do not: heartbeats, and the demand of a
 * service. When less than half of all series spoke lately it is the telemetry
 * that is missing, and nobody's silence tells anything.
 */
export function silentWatches(
  watches: readonly Summary[],
  periodsEnd: number,
  periodSeconds: number,
): readonly Summary[] {
  const silence = (watch: Summary): number => (periodsEnd - read(watch, 'cursor')) / 1000 - periodSeconds;
  const lately = Math.max(3 * periodSeconds, 60);
  const active = watches.filter((watch) => silence(watch) < abandonedSeconds);
  if (active.filter((watch) => silence(watch) < lately).length < active.length / 2) return [];
  return active.filter((watch) => {
    const { role, instance } = watch.series;
    const allowed =
      role === 'heartbeat'
        ? silenceSeconds.heartbeat
        : role === 'requests' && instance === null
          ? silenceSeconds.requests
          : null;
    // What could not be read is not silent.
    if (allowed === null || read(watch, 'cursor') === 0 || read(watch, 'unreadFrom') > 0) return false;
    return silence(watch) >= Math.max(allowed, periodSeconds, gapFactor * read(watch, 'longestGap'));
  });
}
/** A series this long silent has ended. */
export const abandonedSeconds = 6 * 3600;

/**
 * Why a series is silent, as far as the platform can tell. `deleted`: its
 * service is gone. `scaledIn`: its instance was taken away.
 * `stopping`, `restarting`: its instance is on its way out, or has been starting
 * for no longer than a start takes. `dead`: it is there and should speak.
 */
export type SilenceCause = 'deleted' | 'scaledIn' | 'stopping' | 'restarting' | 'dead';

/** `since` is when a process that is there now could first have spoken, or when the series last did, epoch milliseconds. */
export function whySilent(
  watch: Summary,
  topology: Topology,
  now: number,
): { readonly cause: SilenceCause; readonly since: number } {
  const { instance, service: name } = watch.series;
  const spoke = read(watch, 'cursor');
  const service = topology.services.find((each) => each.name === name);
  if (service === undefined) return { cause: 'deleted', since: spoke };
  if (instance === null) return { cause: 'dead', since: spoke };
  const known = service.instances.find(({ id }) => id === instance);
  // Whether too few are left is for the count of instances to say: who was scaled in hours ago is silent all the same.
  if (known === undefined) return { cause: 'scaledIn', since: spoke };
  if (known.state === 'stopping') return { cause: 'stopping', since: spoke };
  // It may have been scaled in for hours: what counts is how long this process has had to speak.
  const since = Math.max(spoke, known.startedAt);
  const late =
    now - since > restartSeconds * 1000 || (known.state === 'running' && now - known.startedAt > restartSeconds * 1000);
  return { cause: late ? 'dead' : 'restarting', since };
}

/** Since when a silence is trouble, epoch milliseconds; null for one that the platform accounts for. */
export function troubleSince(watch: Summary, topology: Topology, now: number): number | null {
  const { cause, since } = whySilent(watch, topology, now);
  return cause === 'dead' ? since : null;
}

/** A silence that is trouble. Times are epoch milliseconds. */
export const silenceSchema = z.object({
  /** Since when the samples have not come. */
  onset: z.number(),
  /** End of the last period found without them. */
  lastSeen: z.number(),
  /** What was expected of the first sample that did not come. */
  band: bandSchema,
});
export type Silence = z.infer<typeof silenceSchema>;

/** True for a silence that goes on from one noted before, and is no new trouble. */
export const silenceGoesOn = (before: Silence | undefined, onset: number): before is Silence =>
  before !== undefined && onset - before.lastSeen <= sameTroubleMilliseconds;

/** The anomaly of a silence, when it was seen at or after `since`. */
export function anomalyOfSilence({ series }: Summary, silence: Silence | undefined, since: number): Anomaly | null {
  if (silence === undefined || silence.lastSeen < since) return null;
  return {
    ...identityOf(series, 'missing'),
    stream: 'silence',
    observed: null,
    band: silence.band,
    score: 1,
    onset: silence.onset,
    lastSeen: silence.lastSeen,
  };
}
