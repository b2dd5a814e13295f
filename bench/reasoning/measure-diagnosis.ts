import { diagnose } from '../../lambdas/domain/reasoning/diagnose.ts';
import { brierScore, type ReliabilityRow, reliabilityTable, type Stated } from './calibration.ts';
import type { DiagnosedCase } from './diagnosed-case.ts';
import { type FaultSet, faultSets } from './fault-sets.ts';
import { playCases } from './play-cases.ts';

export type DiagnosisFigures = {
  readonly played: number;
  readonly detected: number;
  /** Mechanism and service named first by the first diagnosis. */
  readonly right: number;
  readonly mechanismRight: number;
  readonly serviceRight: number;
  /** Mechanism and service among the first three. */
  readonly rightWithinThree: number;
  readonly healed: number;
  readonly healedThoughWrong: number;
  readonly healedWithoutPerson: number;
  /** Of the confidence in what was named first. */
  readonly brier: number;
};

export type Miss = {
  readonly name: string;
  readonly truth: string;
  /** What was named instead, likeliest first, with confidence. */
  readonly named: readonly string[];
};

export type DiagnosisReport = {
  readonly seeds: number;
  readonly sets: Readonly<Partial<Record<FaultSet, DiagnosisFigures>>>;
  readonly all: DiagnosisFigures;
  readonly reliability: readonly ReliabilityRow[];
  /** Not told of the faults that are only ever counted. */
  readonly misses: readonly Miss[];
};

/** Plays faults, or reads ones played before, and says how well the built-in reasoner named their causes. */
export const measureDiagnosis = async (options: {
  readonly seeds: number;
  readonly sets: readonly FaultSet[];
  readonly keep: string | null;
}): Promise<DiagnosisReport> =>
  reportDiagnosis(await playCases(options.sets, options.seeds, options.keep), options.seeds);

export const reportDiagnosis = (cases: readonly DiagnosedCase[], seeds: number): DiagnosisReport => {
  const judged = cases.map(judge);
  const sets: Partial<Record<FaultSet, DiagnosisFigures>> = {};
  for (const set of faultSets) {
    const own = judged.filter(({ played }) => played.set === set);
    if (own.length > 0) sets[set] = figuresOf(own);
  }
  return {
    seeds,
    sets,
    all: figuresOf(judged),
    reliability: reliabilityTable(judged.flatMap(({ stated }) => stated ?? [])),
    misses: judged
      .filter(({ played, stated }) => played.set !== 'scored-only' && stated?.right !== true)
      .map(({ played, named }) => ({
        name: `${played.set} ${played.name}`,
        truth: `${played.truth.mechanism} ${played.truth.service}`,
        named,
      })),
  };
};

type Judged = {
  readonly played: DiagnosedCase;
  readonly stated: Stated | null;
  readonly mechanismRight: boolean;
  readonly serviceRight: boolean;
  readonly withinThree: boolean;
  readonly named: readonly string[];
};

const judge = (played: DiagnosedCase): Judged => {
  const hypotheses = played.bundle === null ? [] : (diagnose(played.bundle, [])?.hypotheses ?? []);
  const [leading] = hypotheses;
  const { truth } = played;
  const isRight = (each: { readonly mechanism: string; readonly service: string } | undefined) =>
    each?.mechanism === truth.mechanism && each.service === truth.service;
  return {
    played,
    stated: leading === undefined ? null : { confidence: leading.confidence, right: isRight(leading) },
    mechanismRight: leading?.mechanism === truth.mechanism,
    serviceRight: leading?.service === truth.service,
    withinThree: hypotheses.slice(0, 3).some(isRight),
    named: hypotheses
      .slice(0, 3)
      .map(({ mechanism, service, confidence }) => `${mechanism} ${service} ${confidence.toFixed(2)}`),
  };
};

const figuresOf = (judged: readonly Judged[]): DiagnosisFigures => {
  const count = (holds: (each: Judged) => boolean) => judged.filter(holds).length;
  return {
    played: judged.length,
    detected: count(({ played }) => played.bundle !== null),
    right: count(({ stated }) => stated?.right === true),
    mechanismRight: count((each) => each.mechanismRight),
    serviceRight: count((each) => each.serviceRight),
    rightWithinThree: count(({ withinThree }) => withinThree),
    healed: count(({ played }) => played.healed),
    healedThoughWrong: count(({ played }) => played.healed && !played.lastRight),
    healedWithoutPerson: count(({ played }) => played.healed && played.authority === 'auto'),
    brier: brierScore(judged.flatMap(({ stated }) => stated ?? [])),
  };
};
