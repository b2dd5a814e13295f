import { createBuiltinModel } from '../../lambdas/adapters/llm/builtin-model.ts';
import { memoryArchive } from '../../lambdas/adapters/memory/archive.ts';
import { manualClock } from '../../lambdas/adapters/memory/clock.ts';
import { countingIds } from '../../lambdas/adapters/memory/ids.ts';
import { memoryLessons } from '../../lambdas/adapters/memory/lessons.ts';
import { memorySharedRows } from '../../lambdas/adapters/memory/shared-rows.ts';
import type { LlmAction, ModelPurpose } from '../../lambdas/domain/audit/llm-action.ts';
import { breakerRules } from '../../lambdas/domain/limits/limits.ts';
import { ModelCallError, type ModelErrorClass } from '../../lambdas/domain/reasoning/model-call-error.ts';
import type { LanguageModel, ModelRequest } from '../../lambdas/ports/language-model.ts';
import { createAskModel } from '../../lambdas/remediation/ask/ask-model.ts';
import type { AskPorts } from '../../lambdas/remediation/ask/ask-ports.ts';
import { createModelGate } from '../../lambdas/remediation/model-gate.ts';
import { aBundle, aMetric, anIncident, start } from './response-examples.ts';

export const diskBundle = aBundle([
  aMetric({ service: 'middle', role: 'disk', before: 50, now: 94, shape: 'climb' }),
  aMetric({ service: 'middle', role: 'latency', before: 80, now: 200 }),
]);
export const diskBrief = { bundle: diskBundle, incident: anIncident(), ruledOut: [], diagnosis: null };

export const usableHypothesis = {
  mechanism: 'unboundedGrowth',
  service: 'middle',
  confidence: 0.8,
  evidence: ['E2'],
  reasoning: 'the disk fills',
};
export const usableDiagnosis = JSON.stringify({ hypotheses: [usableHypothesis], assumptions: [] });

export const failed = (errorClass: ModelErrorClass, retryAfterSeconds: number | null = null): ModelCallError =>
  new ModelCallError(`it was ${errorClass}`, { errorClass, retryAfterSeconds });

type Scripted = string | Error;

/** Gives its replies in order, of each purpose its own, and fails on a call more than it has been given. */
export const scriptedModel = (
  replies: readonly Scripted[] | Partial<Record<ModelPurpose, readonly Scripted[]>>,
  provider = 'scripted',
) => {
  const asked: ModelRequest[] = [];
  const model: LanguageModel = {
    provider,
    model: `${provider}-1`,
    ask: async (request) => {
      const own = 'length' in replies ? replies : (replies[request.purpose] ?? []);
      const before = asked.filter(({ purpose }) => 'length' in replies || purpose === request.purpose).length;
      asked.push(request);
      const reply = own[before];
      if (reply === undefined) throw new Error(`asked more often than scripted: ${request.purpose}`);
      if (reply instanceof Error) throw reply;
      return { text: reply, inputTokens: 10, cachedInputTokens: 0, outputTokens: 5, costDollars: 0.001 };
    },
  };
  return { model, asked };
};

const noBudget = { tokens: null, dollars: null };

/** Asking on the adapters in memory, with a clock that waits move and models in the order given, the built-in one last. */
export const askingWorld = (models: readonly LanguageModel[], change: Partial<AskPorts> = {}) => {
  const rows = new Map<string, LlmAction>();
  const clock = manualClock(start);
  const waits: number[] = [];
  const archive = memoryArchive();
  const lessons = memoryLessons();
  const builtin = createBuiltinModel();
  const waiting = {
    ids: countingIds(clock),
    random: () => 0.5,
    sleep: async (milliseconds: number) => {
      waits.push(milliseconds);
      clock.pass(milliseconds / 1000);
    },
  };
  const gateSettings = { providers: new Map(), breaker: breakerRules, budgets: { incident: noBudget, day: noBudget } };
  const ports: AskPorts = {
    chain: () => {
      const [first = builtin, ...others] = [...models, builtin];
      return [first, ...others];
    },
    gate: createModelGate({ ...waiting, clock, rows: memorySharedRows() }, gateSettings),
    transitions: { fileLlmAction: async (row) => void rows.set(row.id, row) },
    archive,
    lessons,
    clock,
    ...waiting,
    ...change,
  };
  return { ports, askModel: createAskModel(ports), rows, archive, lessons, clock, waits };
};

/** How each call went: provider, supervised attempt, call, outcome and class of error. */
export const outcomes = (world: ReturnType<typeof askingWorld>) =>
  [...world.rows.values()].map(({ provider, supervised, call, outcome, errorClass }) =>
    [provider, supervised, call, outcome, errorClass].join(' '),
  );
