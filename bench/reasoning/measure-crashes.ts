import { createBuiltinModel } from '../../lambdas/adapters/llm/builtin-model.ts';
import { memoryLessons } from '../../lambdas/adapters/memory/lessons.ts';
import type { Archive } from '../../lambdas/ports/archive.ts';
import { incidentRun } from './incident-run.ts';
import type { RateSetting } from './measure-rate.ts';
import { randomFrom } from './random-from.ts';
import { memoryStores } from './run-stores.ts';
import { sideBySide } from './side-by-side.ts';

export type CrashReport = {
  readonly failShare: number;
  readonly incidents: number;
  /** Processes that died, up to three of an incident. */
  readonly crashes: number;
  /** Incidents with a valid plan in the end, of those in which a process died; 0 to 1. */
  readonly recovered: number;
  /** Replies that were archived twice: calls that were paid for again. */
  readonly paidTwice: number;
};

class Crash extends Error {
  override readonly name = 'Crash';
}

const crashesOfOne = 3;

/**
 * Has the process die just after a reply was archived and before anything was filed, at a reply that is drawn, up to
 * three times in one incident, and lets another process go on with what is stored.
 */
export const measureCrashes = async (setting: RateSetting): Promise<CrashReport> => {
  const { evidence, model, incidents, failShare, seed, atOnce } = setting;
  const lessons = memoryLessons();
  const chain = [model, createBuiltinModel()] as const;
  const numbers = Array.from({ length: incidents }, (_, index) => index);
  const ended = await sideBySide(numbers, atOnce, async (number) => {
    const played = evidence[number % evidence.length];
    if (played === undefined) throw new Error('there is no evidence to ask about');
    const random = randomFrom(seed + 1, number);
    const replies: string[] = [];
    let crashes = 0;
    const dying = (archive: Archive): Archive => ({
      ...archive,
      put: async (key, body) => {
        await archive.put(key, body);
        if (!key.endsWith('-call.json')) return;
        replies.push(key);
        if (crashes < crashesOfOne && random() < 0.5) {
          crashes += 1;
          throw new Crash('the process died after a reply was archived');
        }
      },
    });
    const run = await incidentRun({
      evidence: played,
      number,
      chain,
      lessons,
      random,
      stores: memoryStores(),
      wrapArchive: dying,
    });
    for (;;) {
      const before = crashes;
      try {
        await run.runProcess();
        break;
      } catch (error) {
        if (!(error instanceof Crash) || crashes === before) throw error;
      }
    }
    const filed = await run.read();
    return { crashes, planned: filed.planned, paidTwice: replies.length - new Set(replies).size };
  });
  const crashed = ended.filter(({ crashes }) => crashes > 0);
  return {
    failShare,
    incidents,
    crashes: ended.reduce((sum, { crashes }) => sum + crashes, 0),
    recovered: crashed.length === 0 ? 1 : crashed.filter(({ planned }) => planned).length / crashed.length,
    paidTwice: ended.reduce((sum, each) => sum + each.paidTwice, 0),
  };
};
