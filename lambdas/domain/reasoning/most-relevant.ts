import type { Evidence, EvidenceBundle } from '../diagnosis/evidence.ts';
import type { ServiceName } from '../ids.ts';
import type { Incident } from '../incident/incident.ts';

/** A change this long before the onset or earlier says little. Milliseconds. */
const changeReach = 30 * 60_000;

/**
 * The bundle with at most `maximum` pieces, those that say most about the incident, under their own ids and in
 * their own order. The topology always stays, because every name is checked against it; `cited` comes before the rest.
 */
export const mostRelevant = (
  bundle: EvidenceBundle,
  incident: Pick<Incident, 'service' | 'services'>,
  maximum: number,
  cited: ReadonlySet<string> = new Set(),
): EvidenceBundle => {
  if (bundle.items.length <= maximum) return bundle;
  const ranked = bundle.items
    .map((item, index) => ({
      item,
      index,
      weight: weigh(item, bundle, incident) + (cited.has(item.id) ? mostWeight : 0),
    }))
    .sort((left, right) => right.weight - left.weight || left.index - right.index)
    .slice(0, Math.max(1, maximum));
  const kept = new Set(ranked.map(({ item }) => item.id));
  return { ...bundle, items: bundle.items.filter(({ id, type }) => type === 'topology' || kept.has(id)) };
};

/** More than any piece weighs by itself. */
const mostWeight = 20;

const weigh = (item: Evidence, bundle: EvidenceBundle, incident: Pick<Incident, 'service' | 'services'>): number => {
  const near = (service: ServiceName): number =>
    service === incident.service ? 2 : incident.services.includes(service) ? 1 : 0;
  switch (item.type) {
    case 'topology':
      return Number.POSITIVE_INFINITY;
    case 'metric': {
      const deviation = item.direction === null ? 0 : 3 + Math.min(2, strength(item.now, item.band));
      return near(item.service) + deviation + (item.instance === null ? 0.5 : 0);
    }
    case 'log': {
      const severity = item.level === 'error' ? 2 : item.level === 'warn' ? 1 : 0;
      const rise = item.perMinuteSince > 2 * item.perMinuteBefore ? 1.5 : 0;
      return near(item.service) + severity + rise;
    }
    case 'change': {
      const distance = Math.abs(bundle.onset - item.change.at) / changeReach;
      return near(item.change.service) + Math.max(0, 3 - 3 * distance);
    }
    case 'pastIncident':
      return near(item.service) + 1.5;
  }
};

/** How many band widths a level is out of its band. */
const strength = (now: number | null, { low, high }: { readonly low: number; readonly high: number }): number => {
  if (now === null) return 1;
  const width = Math.max(high - low, Number.EPSILON);
  return Math.max(0, now - high, low - now) / width;
};
