import { countingIds } from '../../lambdas/adapters/memory/ids.ts';
import { builtinAlone } from '../../lambdas/contract/model-settings.ts';
import type { LlmAction } from '../../lambdas/domain/audit/llm-action.ts';
import { incidentIdSchema } from '../../lambdas/domain/ids.ts';
import { builtinProvider } from '../../lambdas/domain/reasoning/builtin-provider.ts';
import type { Archive } from '../../lambdas/ports/archive.ts';
import type { LanguageModel } from '../../lambdas/ports/language-model.ts';
import type { Lessons } from '../../lambdas/ports/lessons.ts';
import { evidenceKey } from '../../lambdas/remediation/archive-keys.ts';
import { createAskModel } from '../../lambdas/remediation/ask/ask-model.ts';
import { createDiagnose } from '../../lambdas/remediation/diagnose.ts';
import { gateSettings } from '../../lambdas/remediation/gate-settings.ts';
import { createModelGate } from '../../lambdas/remediation/model-gate.ts';
import { createPlan } from '../../lambdas/remediation/plan.ts';
import { benchClock } from './bench-clock.ts';
import type { PlayedEvidence } from './play-evidence.ts';
import type { RunStores } from './run-stores.ts';

/** As long as the functions of the state machine have. */
const stepMilliseconds = 120_000;

export type RunSetting = {
  readonly evidence: PlayedEvidence;
  /** Counts up; makes the incident's id. */
  readonly number: number;
  readonly chain: readonly [LanguageModel, ...LanguageModel[]];
  /** What was learnt from the incidents before it. */
  readonly lessons: Lessons;
  /** 0 up to 1. */
  readonly random: () => number;
  /** They outlive the process that asks. */
  readonly stores: RunStores;
  /** Stands before the archive that all processes share. */
  readonly wrapArchive?: (archive: Archive) => Archive;
};

/** One incident of which cause and plan are asked. */
export const incidentRun = async (setting: RunSetting) => {
  const { evidence, chain, lessons, random } = setting;
  const clock = benchClock();
  const { incidents, transitions, archive, sharedRows } = setting.stores;
  const id = incidentIdSchema.parse(`01J9ZQ5T9E${String(setting.number).padStart(16, '0')}`);
  const key = evidenceKey(id, 1);
  const incident = { ...evidence.incident, id, state: 'open' as const, version: 1, attempt: 0, evidenceKey: null };
  await transitions.open(incident, [], 'detector');
  await archive.put(key, JSON.stringify(evidence.bundle));
  const change = { attempt: 1, evidenceKey: key };
  await transitions.move({ incident, to: 'diagnosing', at: clock.now(), actor: 'bench', message: 'begun', change });

  /** Asks as one process would: with what is stored, and nothing that an earlier one had in mind. */
  const runProcess = async (wrapped: Archive): Promise<'planned' | 'unusable' | 'gone'> => {
    const waiting = { clock, ids: countingIds(clock), random, sleep: clock.sleep };
    const gate = createModelGate({ ...waiting, rows: sharedRows }, gateSettings(builtinAlone));
    const askModel = createAskModel({ ...waiting, archive: wrapped, transitions, lessons, gate, chain: () => chain });
    const ports = { clock, incidents, transitions, archive: wrapped, askModel };
    const input = { incidentId: id, attempt: 1 };
    const diagnosed = await createDiagnose(ports)(input, clock.now() + stepMilliseconds);
    if (diagnosed.outcome !== 'diagnosed') return diagnosed.outcome;
    return (await createPlan(ports)(input, clock.now() + stepMilliseconds)).outcome;
  };

  return {
    runProcess: () => runProcess(setting.wrapArchive?.(archive) ?? archive),
    /** What is on file about it. */
    read: async (): Promise<Filed> => {
      const decisions = await incidents.decisions(id);
      const calls = await incidents.llmActions(id);
      const verdicts = (await archive.list(`incidents/${id}/llm/`)).filter((name) => name.endsWith('-failure.json'));
      const answered = decisions.flatMap((decision) =>
        decision.kind === 'diagnosis' || decision.kind === 'plan' ? [decision.provider] : [],
      );
      return {
        calls,
        planned: decisions.some(({ kind }) => kind === 'plan'),
        byModel: answered.length === 2 && answered.every((provider) => provider !== builtinProvider),
        diagnostics: verdicts.length,
      };
    },
  };
};

export type Filed = {
  readonly calls: readonly LlmAction[];
  /** A valid plan is filed, whoever made it. */
  readonly planned: boolean;
  /** Cause and plan are both a language model's. */
  readonly byModel: boolean;
  /** Failed passes that were classified. */
  readonly diagnostics: number;
};
