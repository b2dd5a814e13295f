import { calibration, confidenceOf } from '../../lambdas/domain/reasoning/calibration.ts';
import { scoreHypotheses } from '../../lambdas/domain/reasoning/score-hypotheses.ts';
import { brierScore, type Stated } from './calibration.ts';
import type { DiagnosedCase } from './diagnosed-case.ts';

const temperatures = [0.2, 0.3, 0.4, 0.5, 0.6, 0.8, 1, 1.25, 1.5, 2, 3] as const;

type Scored = {
  readonly cause: string;
  readonly points: number;
  readonly rivals: readonly number[];
  readonly right: boolean;
};

/** For each temperature the Brier score and the log loss, and the one chosen when each cause is left out in turn. */
export const fitLines = (cases: readonly DiagnosedCase[]): readonly string[] => {
  const scored = cases.filter(({ set }) => set !== 'scored-only').flatMap(scoreCase);
  const held = cases.filter(({ set }) => set === 'scored-only').flatMap(scoreCase);
  const causes = [...new Set(scored.map(({ cause }) => cause))];
  const leftOut = causes.flatMap((cause) => {
    const temperature = best(scored.filter((each) => each.cause !== cause));
    return scored.filter((each) => each.cause === cause).map((each) => stated(each, temperature));
  });
  return [
    `${scored.length} faults that were looked at, ${held.length} that were only scored`,
    'temperature  log loss   Brier   Brier of the scored-only',
    ...temperatures.map((temperature) => {
      const all = scored.map((each) => stated(each, temperature));
      const others = held.map((each) => stated(each, temperature));
      return `${temperature.toFixed(2).padStart(11)}  ${logLoss(all).toFixed(4)}     ${brierScore(all).toFixed(4)}  ${brierScore(others).toFixed(4)}`;
    }),
    `least log loss at ${best(scored)}; chosen without the cause that is judged: log loss ${logLoss(leftOut).toFixed(4)}, Brier ${brierScore(leftOut).toFixed(4)}; in use: ${calibration.temperature}`,
  ];
};

const scoreCase = ({ bundle, name, truth }: DiagnosedCase): readonly Scored[] => {
  const [leading, ...rivals] = bundle === null ? [] : scoreHypotheses(bundle, []);
  return leading === undefined
    ? []
    : [
        {
          cause: name.split(' ')[0] ?? name,
          points: leading.points,
          rivals: rivals.map(({ points }) => points),
          right: leading.mechanism === truth.mechanism && leading.service === truth.service,
        },
      ];
};

const stated = ({ points, rivals, right }: Scored, temperature: number): Stated => ({
  confidence: confidenceOf(points, rivals, { ...calibration, temperature }),
  right,
});

const logLoss = (all: readonly Stated[]): number =>
  -all.reduce((sum, { confidence, right }) => sum + Math.log(Math.max(1e-6, right ? confidence : 1 - confidence)), 0) /
  Math.max(1, all.length);

const best = (scored: readonly Scored[]): number =>
  temperatures.reduce((chosen, temperature) =>
    logLoss(scored.map((each) => stated(each, temperature))) < logLoss(scored.map((each) => stated(each, chosen)))
      ? temperature
      : chosen,
  );
