import type { Truth } from '../../lambdas/workload/fleet.ts';

/** How the mended shop and its do-nothing twin fared, step by step. */
export type TruthLog = {
  add(mended: Truth, twin: Truth): void;
  /** Whether the shop hurt in the step that ended at `at` or the first after it. */
  hurtAt(at: number): boolean;
  /** Whether the twin hurt then, or at any time after it while the mended shop did not. */
  twinHurtFrom(at: number): boolean;
  /** End of the last step in which the mended shop hurt, `from` where it never did, null where it still does. */
  recoveredAt(from: number): number | null;
};

type Entry = { readonly at: number; readonly mended: boolean; readonly twin: boolean };

export const truthLog = (): TruthLog => {
  const entries: Entry[] = [];
  const at = (time: number): Entry | undefined => entries.find((entry) => entry.at >= time);
  return {
    add: (mended, twin) => {
      entries.push({ at: mended.at, mended: mended.hurting, twin: twin.hurting });
    },
    hurtAt: (time) => at(time)?.mended ?? false,
    twinHurtFrom: (time) =>
      at(time)?.twin === true || entries.some((entry) => entry.at >= time && entry.twin && !entry.mended),
    recoveredAt: (from) => {
      const last = entries.findLast((entry) => entry.mended);
      if (last === undefined || last.at < from) return from;
      return last === entries.at(-1) ? null : last.at;
    },
  };
};
