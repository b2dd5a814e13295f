import type { Archive } from '../../ports/archive.ts';

export const memoryArchive = (): Archive => {
  const objects = new Map<string, string>();
  return {
    put: async (key, body) => {
      objects.set(key, body);
    },
    get: async (key) => objects.get(key) ?? null,
    list: async (prefix) => [...objects.keys()].filter((key) => key.startsWith(prefix)).sort(),
  };
};
