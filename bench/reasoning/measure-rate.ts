import { createBuiltinModel } from '../../lambdas/adapters/llm/builtin-model.ts';
import { memoryLessons } from '../../lambdas/adapters/memory/lessons.ts';
import type { LlmAction } from '../../lambdas/domain/audit/llm-action.ts';
import type { LanguageModel } from '../../lambdas/ports/language-model.ts';
import { callsPerPass } from '../../lambdas/remediation/ask/make-pass.ts';
import { supervisedAttempts } from '../../lambdas/remediation/ask/supervise.ts';
import { type Filed, incidentRun } from './incident-run.ts';
import type { PlayedEvidence } from './play-evidence.ts';
import { randomFrom } from './random-from.ts';
import { memoryStores } from './run-stores.ts';
import { sideBySide } from './side-by-side.ts';

/** Figures of many incidents at one share of failing calls. Shares are 0 to 1, of the incidents. */
export type RateReport = {
  readonly failShare: number;
  readonly incidents: number;
  /** A valid plan of the language model's own, without falling to the built-in reasoner. */
  readonly byModel: number;
  /** What arithmetic allows when every failing call is of no use: (1 - share^calls)^2, a cause and a plan. */
  readonly ceiling: number;
  readonly withBuiltin: number;
  readonly firstTry: number;
  /** Within the first four calls for each of the two. */
  readonly afterRetries: number;
  readonly meanSupervised: number;
  readonly meanDiagnostics: number;
  readonly meanCalls: number;
  readonly exceptions: number;
  /** Neither planned nor handed to a person. */
  readonly stuck: number;
  /** What the first exceptions said. */
  readonly said: readonly string[];
};

export type RateSetting = {
  readonly evidence: readonly PlayedEvidence[];
  readonly model: LanguageModel;
  readonly incidents: number;
  readonly failShare: number;
  readonly seed: number;
  readonly atOnce: number;
};

type Ended = { readonly filed: Filed | null; readonly stuck: boolean; readonly said: string | null };

/** Runs incidents through diagnosis and plan with a model that fails in so many of its calls. */
export const measureRate = async (setting: RateSetting): Promise<RateReport> => {
  const { evidence, model, incidents, failShare, seed, atOnce } = setting;
  const lessons = memoryLessons();
  const chain = [model, createBuiltinModel()] as const;
  const numbers = Array.from({ length: incidents }, (_, index) => index);
  const ended = await sideBySide(numbers, atOnce, async (number): Promise<Ended> => {
    const played = evidence[number % evidence.length];
    if (played === undefined) throw new Error('there is no evidence to ask about');
    try {
      const run = await incidentRun({
        evidence: played,
        number,
        chain,
        lessons,
        random: randomFrom(seed, number),
        stores: memoryStores(),
      });
      const outcome = await run.runProcess();
      const filed = await run.read();
      return { filed, stuck: outcome === 'planned' ? !filed.planned : outcome !== 'unusable', said: null };
    } catch (error) {
      return {
        filed: null,
        stuck: false,
        said: error instanceof Error ? (error.stack ?? error.message) : String(error),
      };
    }
  });
  const filed = ended.flatMap((each) => each.filed ?? []);
  const share = (holds: (each: Filed) => boolean) => filed.filter(holds).length / incidents;
  const mean = (value: (each: Filed) => number) => filed.reduce((sum, each) => sum + value(each), 0) / incidents;
  const said = ended.flatMap((each) => each.said ?? []);
  return {
    failShare,
    incidents,
    byModel: share(({ byModel }) => byModel),
    ceiling: (1 - failShare ** (callsPerPass * supervisedAttempts)) ** 2,
    withBuiltin: share(({ planned }) => planned),
    firstTry: share(({ byModel, calls }) => byModel && calls.filter(isOwn).length === 2),
    afterRetries: share(
      ({ byModel, calls }) => byModel && calls.filter(isOwn).every(({ supervised }) => supervised === 0),
    ),
    meanSupervised: mean(supervisedOf),
    meanDiagnostics: mean(({ diagnostics }) => diagnostics),
    meanCalls: mean(({ calls }) => calls.filter((call) => isOwn(call) && call.provider === model.provider).length),
    exceptions: said.length,
    stuck: ended.filter(({ stuck }) => stuck).length,
    said: said.slice(0, 3),
  };
};

/** Of the two questions that the figures are about; a second opinion on the plan is another. */
const isOwn = ({ purpose }: LlmAction): boolean => purpose === 'diagnose' || purpose === 'plan';

/** Supervised attempts that were begun, for cause and plan together. */
const supervisedOf = ({ calls }: Filed): number =>
  (['diagnose', 'plan'] as const).reduce(
    (sum, wanted) =>
      sum + Math.max(0, ...calls.filter(({ purpose }) => purpose === wanted).map(({ supervised }) => supervised)),
    0,
  );
