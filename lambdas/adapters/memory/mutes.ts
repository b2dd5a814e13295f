import { isOver, type Mute, type MuteAudit } from '../../domain/mute/mute.ts';
import type { Mutes } from '../../ports/mutes.ts';

export const memoryMutes = (): Mutes => {
  const rows = new Map<string, Mute>();
  const audit: MuteAudit[] = [];
  return {
    add: async (mute, line) => {
      rows.set(mute.id, mute);
      audit.push(line);
    },
    list: async (now) => [...rows.values()].filter((mute) => !isOver(mute, now)),
    end: async (id, line) => {
      const mute = rows.get(id);
      if (mute === undefined || isOver(mute, line.at)) return false;
      rows.set(id, { ...mute, until: line.at });
      audit.push(line);
      return true;
    },
    audit: async () => audit.toSorted((one, other) => one.at - other.at),
  };
};
