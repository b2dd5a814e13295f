import type { DetectorState, StoredState } from '../../ports/detector-state.ts';

export const memoryDetectorState = (): DetectorState => {
  const states = new Map<string, StoredState>();
  let writes = 0;
  return {
    load: async (name, known) => {
      const stored = states.get(name);
      if (stored === undefined) return null;
      return stored.tag === known ? 'unchanged' : stored;
    },
    save: async (name, body, tag) => {
      if ((states.get(name)?.tag ?? null) !== tag) return null;
      writes += 1;
      states.set(name, { body, tag: `${writes}` });
      return `${writes}`;
    },
  };
};
