import { readFileSync } from 'node:fs';
import type { ActiveFault } from '../../lambdas/workload/faults/definition.ts';
import { concreteFault, drawFault, FaultChoiceError } from '../../lambdas/workload/faults/draw-fault.ts';
import { loadCatalogue } from '../../lambdas/workload/faults/load-catalogue.ts';
import { FaultFileError, parseFaultFile } from '../../lambdas/workload/faults/parse-fault-file.ts';
import { UserError } from '../user-error.ts';
import { durationSeconds, wholeNumber } from './option-values.ts';

/** A fault as it is asked for on the command line. */
export type FaultChoice = {
  readonly kind?: string;
  readonly file?: string;
  readonly cause?: string;
  readonly service?: string;
  readonly severity: string;
  readonly for?: string;
  readonly seed: string;
};

/** Makes the fault concrete; every complaint is a UserError of one line that lists what is valid. */
export const chooseFault = (choice: FaultChoice, now: number): ActiveFault => {
  const seed = wholeNumber('--seed', choice.seed, 0, 2_147_483_647);
  const wish = {
    id: 'asked',
    seed,
    service: choice.service,
    severity: severityOf(choice.severity),
    startedAt: now,
    endsAt: choice.for === undefined ? null : now + durationSeconds('--for', choice.for) * 1000,
  };
  try {
    if (choice.file === undefined) {
      if (choice.kind === undefined) throw new UserError('Which kind of fault? npm run inject -- list');
      return drawFault({ ...wish, kind: choice.kind, cause: choice.cause }, loadCatalogue());
    }
    if (choice.kind !== undefined || choice.cause !== undefined)
      throw new UserError('A file says its kind and cause itself: leave them out.');
    return concreteFault(parseFaultFile(readFault(choice.file), choice.file), wish);
  } catch (error) {
    if (error instanceof FaultChoiceError || error instanceof FaultFileError)
      throw new UserError(error.message, { cause: error });
    throw error;
  }
};

const severityOf = (text: string): number => {
  const severity = Number(text);
  if (text.trim() === '' || !(severity >= 0.3 && severity <= 1))
    throw new UserError(`--severity is '${text}': it may be a number from 0.3 to 1.`);
  return severity;
};

const readFault = (path: string): string => {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    const reason =
      error instanceof Error && 'code' in error && error.code === 'ENOENT' ? 'there is no such file' : String(error);
    throw new UserError(`${path}: ${reason}`, { cause: error });
  }
};
