import type { Evidence, EvidenceBundle } from '../diagnosis/evidence.ts';

/** The evidence without the items that address their reader, and changes that do so without their words. */
export const withoutFindings = (bundle: EvidenceBundle): EvidenceBundle => {
  const suspect = new Set(bundle.findings.flatMap(({ evidence }) => evidence ?? []));
  return suspect.size === 0
    ? bundle
    : { ...bundle, items: bundle.items.flatMap((item) => (suspect.has(item.id) ? silenced(item) : [item])) };
};

/**
 * The evidence without anything that somebody may have put into words: what is left is measured, or recorded by the
 * platform. Text from outside cannot change it.
 */
export const withoutText = (bundle: EvidenceBundle): EvidenceBundle => ({
  ...bundle,
  items: bundle.items.flatMap((item) => (item.type === 'log' || item.type === 'change' ? silenced(item) : [item])),
});

const silenced = (item: Evidence): readonly Evidence[] => {
  switch (item.type) {
    case 'log':
    case 'metric':
      return [];
    case 'change':
      return [{ ...item, change: { ...item.change, summary: '', from: null, to: null } }];
    case 'topology':
    case 'pastIncident':
      return [item];
  }
};
