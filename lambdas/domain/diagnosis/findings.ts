import { addressingOf } from '../signal/untrusted/addressing.ts';
import { plainText } from '../signal/untrusted/plain-text.ts';
import type { Evidence, EvidenceBundle, Finding, LogEvidence } from './evidence.ts';

const maximumFindings = 40;
const maximumExcerpt = 160;

/** Every text of the evidence, and of what logs did not make it into it, that addresses its reader. */
export const findFindings = (
  bundle: Pick<EvidenceBundle, 'items'>,
  title: string,
  logs: readonly Omit<LogEvidence, 'id'>[],
): readonly Finding[] => {
  const kept = new Set(bundle.items.flatMap((item) => (item.type === 'log' ? [logKey(item)] : [])));
  const leftOut = logs.filter((log) => log.addressing.length > 0 && !kept.has(logKey(log)));
  return [
    ...inTitle(title),
    ...bundle.items.flatMap(inItem),
    ...leftOut.map((log): Finding => ({ ...ofLog(log), evidence: null })),
  ].slice(0, maximumFindings);
};

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
