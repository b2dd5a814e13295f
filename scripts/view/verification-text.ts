import type { Verification } from '../../lambdas/domain/verification/verification.ts';
import { figure } from './measure.ts';
import { count, plain } from './text.ts';

export const outOfBandText = (series: Verification['outOfBand'][number]): string =>
  plain(
    `${series.series}: ${series.observed === null ? 'nothing' : figure(series.observed)}, normal is ${figure(series.low)} to ${figure(series.high)}`,
  );

/** How far a verification has come: `4 clean windows in a row, 6 needed`. */
export const verificationText = (verification: Verification): string =>
  `${count(verification.cleanWindows, 'clean window')} in a row, ${verification.requiredWindows} needed`;
