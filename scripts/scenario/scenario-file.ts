import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { parse, YAMLParseError } from 'yaml';
import { z } from 'zod';
import type { FaultDefinition } from '../../lambdas/workload/faults/definition.ts';
import { concreteFault, FaultChoiceError } from '../../lambdas/workload/faults/draw-fault.ts';
import { FaultFileError, parseFaultFile } from '../../lambdas/workload/faults/parse-fault-file.ts';
import { UserError } from '../user-error.ts';
import type { ScenarioPlan } from './scenario-plan.ts';

const minutes = z
  .number()
  .min(0)
  .max(7 * 24 * 60);

const fileFaultSchema = z
  .strictObject({
    cause: z.string().optional(),
    /** A fault file, relative to this one. */
    file: z.string().optional(),
    service: z.string().optional(),
    severity: z.number().min(0.3).max(1).optional(),
    atMinutes: minutes,
    forMinutes: minutes.positive().optional(),
    rampMinutes: z.number().min(0).max(120).optional(),
  })
  .refine(({ cause, file }) => (cause === undefined) !== (file === undefined), 'name either a cause or a file');
type FileFault = z.infer<typeof fileFaultSchema>;

const scenarioFileSchema = z.strictObject({
  title: z.string().min(1).max(200),
  seed: z.int().min(0),
  /** Begin of the run; the hour sets how busy the shop is. */
  at: z.iso.datetime().default('2026-03-03T10:00:00Z'),
  stepSeconds: z.union([z.literal(5), z.literal(60)]).default(5),
  lengthMinutes: minutes.positive(),
  /** Goes on to its full length even when everything was answered before. */
  toTheEnd: z.boolean().default(false),
  faults: z.array(fileFaultSchema).max(10),
});

/** Reads a scenario file. @throws a UserError of one line that names the file and the field */
export const readScenarioFile = (path: string, catalogue: readonly FaultDefinition[]): ScenarioPlan => {
  const parsed = scenarioFileSchema.safeParse(readYaml(path));
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw new UserError(`${path}: ${issue?.path.join('.') || 'the file'}: ${issue?.message}`, { cause: parsed.error });
  }
  const { title, seed, at, stepSeconds, lengthMinutes, toTheEnd, faults } = parsed.data;
  const begin = Date.parse(at);
  if (begin % (stepSeconds * 1000) !== 0) throw new UserError(`${path}: at: not on a step of ${stepSeconds} s`);
  return {
    name: title,
    seed,
    at: begin,
    stepSeconds,
    lengthSeconds: lengthMinutes * 60,
    endsWhenSettled: !toTheEnd,
    faults: faults.map((fault, index) => {
      const definition = definitionOf(path, index, fault, catalogue);
      const startedAt = begin + Math.round((fault.atMinutes * 60) / stepSeconds) * stepSeconds * 1000;
      try {
        return concreteFault(
          { ...definition, rampMinutes: fault.rampMinutes ?? definition.rampMinutes },
          {
            seed: seed + index,
            id: `scenario-${seed}-${index}`,
            startedAt,
            endsAt: fault.forMinutes === undefined ? null : startedAt + fault.forMinutes * 60_000,
            service: fault.service,
            severity: fault.severity,
          },
        );
      } catch (error) {
        if (!(error instanceof FaultChoiceError)) throw error;
        throw new UserError(`${path}: faults.${index}: ${error.message}`, { cause: error });
      }
    }),
  };
};

const readText = (path: string): string => {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    throw new UserError(`${path} cannot be read`, { cause: error });
  }
};

const readYaml = (path: string): unknown => {
  const text = readText(path);
  try {
    return parse(text);
  } catch (error) {
    if (!(error instanceof YAMLParseError)) throw error;
    throw new UserError(`${path}: line ${error.linePos?.[0].line ?? 1}: ${error.message.split('\n')[0]}`, {
      cause: error,
    });
  }
};

const definitionOf = (
  path: string,
  index: number,
  { cause, file }: FileFault,
  catalogue: readonly FaultDefinition[],
): FaultDefinition => {
  if (file !== undefined) {
    const own = resolve(dirname(path), file);
    try {
      return parseFaultFile(readText(own), own);
    } catch (error) {
      if (!(error instanceof FaultFileError)) throw error;
      throw new UserError(error.message, { cause: error });
    }
  }
  const definition = catalogue.find((candidate) => candidate.cause === cause);
  if (definition === undefined) {
    const known = catalogue.map((candidate) => candidate.cause).join(', ');
    throw new UserError(`${path}: faults.${index}.cause: unknown cause '${cause}': one of ${known}`);
  }
  return definition;
};
