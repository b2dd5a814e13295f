import { performance } from 'node:perf_hooks';
import { createBuiltinModel } from '../../lambdas/adapters/llm/builtin-model.ts';
import { memoryLessons } from '../../lambdas/adapters/memory/lessons.ts';
import type { LanguageModel } from '../../lambdas/ports/language-model.ts';
import { incidentRun } from './incident-run.ts';
import type { RateSetting } from './measure-rate.ts';
import { randomFrom } from './random-from.ts';
import type { RunStores } from './run-stores.ts';

/** Milliseconds that an incident took for cause and plan besides the model's own, one incident at a time. */
export type AddedTime = {
  readonly incidents: number;
  readonly mean: number;
  readonly median: number;
  readonly p95: number;
  /** Processor time of the same, median: what is left of it on a machine that does nothing else. */
  readonly processorMedian: number;
  /** What the model itself took for the two calls, median. */
  readonly modelMedian: number;
};

export const measureAddedTime = async (
  setting: Pick<RateSetting, 'evidence' | 'model' | 'incidents' | 'seed'> & {
    readonly stores: () => Promise<RunStores>;
  },
): Promise<AddedTime> => {
  const added: number[] = [];
  const own: number[] = [];
  const processor: number[] = [];
  for (let number = 0; number < setting.incidents; number += 1) {
    const played = setting.evidence[number % setting.evidence.length];
    if (played === undefined) throw new Error('there is no evidence to ask about');
    const timed = timedModel(setting.model);
    const run = await incidentRun({
      evidence: played,
      number,
      chain: [timed.model, createBuiltinModel()],
      lessons: memoryLessons(),
      stores: await setting.stores(),
      random: randomFrom(setting.seed, number),
    });
    const before = performance.now();
    const processorBefore = processorMilliseconds();
    const outcome = await run.runProcess();
    if (outcome !== 'planned') throw new Error(`an incident to be timed came out as '${outcome}' instead of planned`);
    added.push(performance.now() - before - timed.took());
    processor.push(processorMilliseconds() - processorBefore - timed.processor());
    own.push(timed.took());
  }
  return {
    incidents: setting.incidents,
    mean: added.reduce((sum, each) => sum + each, 0) / Math.max(1, added.length),
    median: quantile(added, 0.5),
    p95: quantile(added, 0.95),
    processorMedian: quantile(processor, 0.5),
    modelMedian: quantile(own, 0.5),
  };
};

const timedModel = (model: LanguageModel) => {
  let took = 0;
  let processor = 0;
  return {
    took: () => took,
    processor: () => processor,
    model: {
      ...model,
      ask: async (request: Parameters<LanguageModel['ask']>[0]) => {
        const before = performance.now();
        const processorBefore = processorMilliseconds();
        try {
          return await model.ask(request);
        } finally {
          took += performance.now() - before;
          processor += processorMilliseconds() - processorBefore;
        }
      },
    },
  };
};

/** Of this thread alone: the model server has one of its own. */
const processorMilliseconds = (): number => {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1000;
};

const quantile = (values: readonly number[], share: number): number =>
  [...values].sort((left, right) => left - right)[Math.min(values.length - 1, Math.floor(values.length * share))] ?? 0;
