import { synthesiseMachine } from '../../scripts/scenario/synthesise-machine.ts';
import { type AddedTime, measureAddedTime } from './measure-added-time.ts';
import { type CrashReport, measureCrashes } from './measure-crashes.ts';
import type { OutageReport } from './measure-outage.ts';
import { measureOutages } from './measure-outages.ts';
import { measureQuiet, type QuietReport } from './measure-quiet.ts';
import { measureRate, type RateReport } from './measure-rate.ts';
import { serveModel } from './model-server.ts';
import { inBrief, playEvidence } from './play-evidence.ts';
import { randomFrom } from './random-from.ts';
import { memoryStores, onLocalCloud } from './run-stores.ts';

export type ReasoningReport = {
  readonly rates: readonly RateReport[];
  readonly crashes: readonly CrashReport[];
  readonly addedTime: AddedTime;
  /** The same with rows and objects on an embedded cloud. */
  readonly addedTimeOnCloud: AddedTime;
  readonly outages: readonly OutageReport[];
  readonly quiet: QuietReport;
  /** Pieces of evidence in the incidents asked about. */
  readonly evidence: readonly number[];
  /** The whole measurement, seconds. */
  readonly seconds: number;
};

export type ReasoningOptions = {
  readonly incidents: number;
  /** Incidents in which a process dies, at each share of failing calls. */
  readonly crashes: number;
  readonly seed: number;
  readonly onProgress: (line: string) => void;
};

const failShares = [0, 0.3, 0.5, 0.7];
const addedTimeIncidents = 200;
/** More at once would have calls wait for the processor until their time is up. */
const atOnce = 16;

export const measureReasoning = async (options: ReasoningOptions): Promise<ReasoningReport> => {
  const { incidents, seed, onProgress } = options;
  const begun = Date.now();
  const definition = synthesiseMachine(5);
  onProgress('a healthy hour');
  const quiet = await measureQuiet(definition);
  onProgress('gathering evidence');
  const evidence = await playEvidence(definition);
  const served = await serveModel();
  try {
    const common = { evidence: evidence.map(inBrief), model: served.model, seed, atOnce };
    onProgress('added time');
    const timing = { ...common, evidence, incidents: addedTimeIncidents };
    const addedTime = await measureAddedTime({ ...timing, stores: async () => memoryStores() });
    const addedTimeOnCloud = await onLocalCloud((stores) => measureAddedTime({ ...timing, stores }));
    onProgress('outages of one provider');
    const outages = await measureOutages(common.evidence, randomFrom(seed, 0));
    const rates: RateReport[] = [];
    const crashes: CrashReport[] = [];
    for (const failShare of failShares) {
      onProgress(`${failShare * 100}% of calls fail`);
      await served.failing(failShare);
      rates.push(await measureRate({ ...common, incidents, failShare }));
      crashes.push(await measureCrashes({ ...common, incidents: options.crashes, failShare }));
    }
    const seconds = Math.round((Date.now() - begun) / 1000);
    return {
      rates,
      crashes,
      addedTime,
      addedTimeOnCloud,
      outages,
      quiet,
      evidence: evidence.map(({ bundle }) => bundle.items.length),
      seconds,
    };
  } finally {
    await served.close();
  }
};
