import type { ServiceName } from '../ids.ts';
import { addressingOf } from '../signal/untrusted/addressing.ts';
import { plainText } from '../signal/untrusted/plain-text.ts';
import type { Evidence, EvidenceBundle, Finding, LogEvidence } from './evidence.ts';
import type { LogGroup } from './log-evidence.ts';
import { riseOfLog } from './log-rise.ts';

/** Of what is in no piece of evidence; of what is there each is found, since models must not see it. */
const maximumApart = 40;
/** Lines of less time before onset do not tell what is new since. Milliseconds. */
export const shortestBaseline = 60_000;
/** A pattern left out that is this much of a rise, 0 to 1, might have told. */
const tellingRise = 0.3;
const maximumExcerpt = 160;

type Searched = {
  readonly bundle: Pick<EvidenceBundle, 'items' | 'onset' | 'frozenAt'>;
  readonly title: string;
  /** All patterns, also those that evidence had no room for. */
  readonly logs: readonly LogGroup[];
  /** Services with more lines since onset than are read. */
  readonly cutShort: readonly ServiceName[];
};

/** Every text that addresses its reader, in the evidence or left out of it, and every sign of a flood of text. */
export const findFindings = ({ bundle, title, logs, cutShort }: Searched): readonly Finding[] => {
  const kept = new Set(bundle.items.flatMap((item) => (item.type === 'log' ? [logKey(item)] : [])));
  const leftOut = logs.filter((log) => !kept.has(logKey(log)));
  const minutes = (bundle.frozenAt - bundle.onset) / 60_000;
  const apart = [
    ...cutShort.map((service) => flood(service, 'more lines since the onset than are read')),
    ...crowdedOut(leftOut, minutes),
    ...inTitle(title),
    ...leftOut.filter(({ addressing }) => addressing.length > 0).map((log) => ({ ...ofLog(log), evidence: null })),
  ];
  return [...apart.slice(0, maximumApart), ...bundle.items.flatMap(inItem)];
};

/** More patterns newly rose than evidence has room for. */
const crowdedOut = (leftOut: readonly LogGroup[], minutes: number): readonly Finding[] => {
  const known = leftOut.filter(({ minutesBefore }) => minutesBefore * 60_000 >= shortestBaseline);
  const telling = known.filter((log) => riseOfLog(log, minutes) >= tellingRise);
  const [first] = telling;
  return first === undefined
    ? []
    : [flood(first.service, `${telling.length} more patterns rose, such as: ${first.template}`)];
};

const flood = (service: ServiceName, text: string): Finding => ({
  kinds: ['flood'],
  source: 'log',
  service,
  evidence: null,
  excerpt: plainText(text, maximumExcerpt),
});

const logKey = ({ service, level, template }: Omit<LogEvidence, 'id'>): string => `${service} ${level} ${template}`;

const inTitle = (title: string): readonly Finding[] => {
  const kinds = addressingOf(title);
  return kinds.length === 0
    ? []
    : [
        {
          kinds: [...kinds],
          source: 'title',
          service: null,
          evidence: null,
          excerpt: plainText(title, maximumExcerpt),
        },
      ];
};

const inItem = (item: Evidence): readonly Finding[] => {
  if (item.type === 'log') {
    const names = addressingOf(
      [...item.merchants, ...item.instances, ...item.recurring.map(({ value }) => value)].join('\n'),
    );
    const kinds = [...new Set([...item.addressing, ...names])];
    return kinds.length === 0 ? [] : [{ ...ofLog(item), kinds, evidence: item.id }];
  }
  const text = textOf(item);
  const kinds = text === null ? [] : addressingOf(text.text);
  return text === null || kinds.length === 0
    ? []
    : [
        {
          kinds: [...kinds],
          source: text.source,
          service: text.service,
          evidence: item.id,
          excerpt: plainText(text.text, maximumExcerpt),
        },
      ];
};

const ofLog = ({ addressing, service, template }: Omit<LogEvidence, 'id'>) => ({
  kinds: [...addressing],
  source: 'log' as const,
  service,
  excerpt: plainText(template, maximumExcerpt),
});

type ItemText = { readonly text: string; readonly source: Finding['source']; readonly service: Finding['service'] };

const textOf = (item: Exclude<Evidence, LogEvidence>): ItemText | null => {
  switch (item.type) {
    case 'metric':
      return { text: [item.metric, item.instance ?? ''].join('\n'), source: 'metric', service: item.service };
    case 'change': {
      const { summary, from, to, actor, instance, service } = item.change;
      return { text: [summary, from, to, actor, instance].join('\n'), source: 'change', service };
    }
    case 'topology': {
      const names = item.topology.services.flatMap(({ jobs, instances, desired, previousVersions }) => [
        ...jobs,
        ...previousVersions,
        desired.version,
        desired.configRevision,
        ...instances.flatMap(({ id, zone, version }) => [id, zone, version]),
      ]);
      return { text: names.join('\n').slice(0, 8000), source: 'topology', service: null };
    }
    case 'pastIncident':
      return null;
  }
};
