import { createModelChain } from '../../lambdas/adapters/llm/model-chain.ts';
import { memoryArchive } from '../../lambdas/adapters/memory/archive.ts';
import { countingIds } from '../../lambdas/adapters/memory/ids.ts';
import { memoryLessons } from '../../lambdas/adapters/memory/lessons.ts';
import { memoryRecords } from '../../lambdas/adapters/memory/records.ts';
import { memorySharedRows } from '../../lambdas/adapters/memory/shared-rows.ts';
import { memoryTransitions } from '../../lambdas/adapters/memory/transitions.ts';
import { type ChosenProvider, chooseModels, type ModelSettings } from '../../lambdas/contract/model-settings.ts';
import { breakerRules } from '../../lambdas/domain/limits/limits.ts';
import type { ModelBrief } from '../../lambdas/ports/language-model.ts';
import { createAskModel } from '../../lambdas/remediation/ask/ask-model.ts';
import { gateSettings } from '../../lambdas/remediation/gate-settings.ts';
import { createModelGate } from '../../lambdas/remediation/model-gate.ts';
import { readModelFile } from '../../lib/read-model-file.ts';
import type { FailureKind } from '../../scripts/model-server/failure-kinds.ts';
import { type ModelServer, startModelServer } from '../../scripts/model-server/start-model-server.ts';
import { type FastClock, fastClock } from './fast-clock.ts';

/** What came of one outage, with so many incidents at once during it and after it. */
export type OutageReport = {
  /** What every call to the first provider came to meanwhile. */
  readonly kind: FailureKind;
  /** It had answered a moment before. */
  readonly proven: boolean;
  readonly incidents: number;
  /** Calls to the provider that was down, from all incidents together. */
  readonly callsToTheOneDown: number;
  /** Who answered during the outage. */
  readonly during: Readonly<Record<string, number>>;
  /** Calls to it when its breaker may have closed again and three incidents ask at once: while it is down, and when it is back. */
  readonly callsAtReturn: { readonly stillDown: number; readonly back: number };
  /** Who answered after it. */
  readonly after: Readonly<Record<string, number>>;
  /** Calls at once that a provider saw, over everything, and what is allowed. */
  readonly mostAtOnce: { readonly seen: number; readonly allowed: number };
  /** Calls in a minute that the second provider saw, over everything, and what is allowed. */
  readonly mostPerMinute: { readonly seen: number; readonly allowed: number };
};

const factor = 20;
const [first, second] = ['gemini', 'openai:groq'] as const;
const concurrency = 3;
const requestsPerMinute = 120;
/** How long a model takes, and after how long a call is given up, real milliseconds. */
const latencyMilliseconds = 5;
const timeoutSeconds = 0.4;
const longEnoughSeconds = 240;

/**
 * As many incidents at once as there are briefs, each of its own, ask for a cause while the first of two providers
 * is down, then ask again once it is back; each provider is a model server of its own, over HTTP. Time runs twenty
 * times as fast as it does, for breakers and waits; calls take what they take.
 *
 * @param random draws 0 up to 1, for the waits
 */
export const measureOutage = async (
  briefs: readonly ModelBrief[],
  kind: FailureKind,
  { proven, random }: { readonly proven: boolean; readonly random: () => number },
): Promise<OutageReport> => {
  const clock = fastClock(factor);
  const [one, other] = await Promise.all([
    startModelServer({ latencyMilliseconds }),
    startModelServer({ latencyMilliseconds, onCall: () => made.push(clock.now()) }),
  ]);
  const made: number[] = [];
  try {
    const ask = asker(settingsFor(one, other), clock, random);
    if (proven) await ask(briefs.slice(0, 1), 1);

    one.change({ failShare: 1, kinds: [kind], latencyMilliseconds: kind === 'stall' ? 0 : latencyMilliseconds });
    const before = one.calls.length;
    const during = await ask(briefs, 2);
    const callsToTheOneDown = one.calls.length - before;

    const stillDown = await probe(ask, briefs, one, clock, { openings: 1, attempt: 3 });
    one.change({ failShare: 0 });
    const back = await probe(ask, briefs, one, clock, { openings: 2, attempt: 4 });
    const after = await ask(briefs, 5);
    return {
      kind,
      proven,
      incidents: briefs.length,
      callsToTheOneDown,
      during,
      callsAtReturn: { stillDown, back },
      after,
      mostAtOnce: { seen: Math.max(one.mostAtOnce(), other.mostAtOnce()), allowed: concurrency },
      mostPerMinute: { seen: mostPerMinute(made), allowed: requestsPerMinute },
    };
  } finally {
    await Promise.all([one.close(), other.close()]);
  }
};

type Ask = (briefs: readonly ModelBrief[], attempt: number) => Promise<Readonly<Record<string, number>>>;

/** Lets the longest time pass that the breaker may stay open after so many openings, then asks with a few incidents at once. */
const probe = async (
  ask: Ask,
  briefs: readonly ModelBrief[],
  server: ModelServer,
  clock: FastClock,
  { openings, attempt }: { readonly openings: number; readonly attempt: number },
): Promise<number> => {
  await clock.sleep(breakerRules.firstSeconds * 2 ** (openings - 1) * 1.25 * 1000 + 1000);
  const before = server.calls.length;
  await ask(briefs.slice(0, 3), attempt);
  return server.calls.length - before;
};

const asker = (settings: ModelSettings, clock: FastClock, random: () => number): Ask => {
  const waiting = { clock, ids: countingIds(clock), random, sleep: clock.sleep };
  const askModel = createAskModel({
    ...waiting,
    archive: memoryArchive(),
    lessons: memoryLessons(),
    transitions: memoryTransitions(memoryRecords()),
    chain: createModelChain(settings, () => Promise.reject(new Error('no key is needed'))),
    gate: createModelGate({ ...waiting, rows: memorySharedRows() }, gateSettings(settings)),
  });
  return async (briefs, attempt) => {
    const answers = await Promise.all(
      briefs.map((brief) => askModel.diagnose(brief, attempt, clock.now() + longEnoughSeconds * 1000)),
    );
    const counts: Record<string, number> = {};
    for (const answer of answers) {
      const who = answer.outcome === 'used' ? answer.provider : 'nobody';
      counts[who] = (counts[who] ?? 0) + 1;
    }
    return counts;
  };
};

const settingsFor = (one: ModelServer, other: ModelServer): ModelSettings => {
  const file = readModelFile();
  const limits = { timeoutSeconds, concurrency, requestsPerMinute, tokensPerMinute: null };
  const at = (name: string, { url }: ModelServer): readonly ChosenProvider[] =>
    chooseModels(name, file, url).providers.map((provider) => ({ ...provider, limits }));
  const unlimited = { tokens: null, dollars: null };
  return { providers: [...at(first, one), ...at(second, other)], budgets: { incident: unlimited, day: unlimited } };
};

const mostPerMinute = (made: readonly number[]): number =>
  Math.max(0, ...made.map((from) => made.filter((at) => at >= from && at < from + 60_000).length));
