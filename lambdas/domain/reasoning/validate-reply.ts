import { z } from 'zod';
import { type Diagnosis, diagnosisSchema, type Hypothesis, hypothesisSchema } from '../diagnosis/diagnosis.ts';
import type { EvidenceBundle } from '../diagnosis/evidence.ts';
import { type RemediationPlan, remediationPlanSchema } from '../plan/plan.ts';
import { planProblems } from '../plan/validate-plan.ts';
import { parseDocument } from './reply/parse-document.ts';
import { placeholderProblems } from './reply/placeholders.ts';
import { diagnosisOfSimple, planOfSimple, simpleDiagnosisSchema, simplePlanSchema } from './simple-reply.ts';

/** A reply that may be used, or one line of what is wrong with it and of which kind that is. */
export type ReadReply<Value> =
  | { readonly value: Value }
  | { readonly problem: string; readonly errorClass: 'syntax' | 'schema' | 'semantics' | 'refusal' | 'empty' };

const maximumProblemLength = 1000;

/** `simple`: the reply was asked for in the simpler shape; one in the whole shape is as good. */
export const readDiagnosis = (text: string, bundle: EvidenceBundle, simple = false): ReadReply<Diagnosis> =>
  readReply(
    text,
    simple ? [diagnosisSchema, simpleDiagnosisSchema.transform(diagnosisOfSimple)] : [diagnosisSchema],
    (diagnosis) => diagnosisProblems(diagnosis, bundle),
  );

export const readPlan = (text: string, bundle: EvidenceBundle, simple = false): ReadReply<RemediationPlan> =>
  readReply(
    text,
    simple ? [remediationPlanSchema, simplePlanSchema.transform(planOfSimple)] : [remediationPlanSchema],
    (plan) => planProblems(plan, bundle),
  );

/** A second opinion: the cause that it holds for the likeliest. */
export const readChallenge = (text: string, bundle: EvidenceBundle): ReadReply<Hypothesis> =>
  readReply(text, [hypothesisSchema], (hypothesis) =>
    diagnosisProblems({ hypotheses: [hypothesis], assumptions: [] }, bundle),
  );

/**
 * Syntax, then schema, then what the value names. The first of the shapes that fits is taken, and what is wrong is
 * said of the last, which was asked for. `problemsOf` gives one line for each thing named that is not there.
 */
export const readReply = <Value>(
  text: string,
  shapes: readonly [z.ZodType<Value>, ...z.ZodType<Value>[]],
  problemsOf: (value: Value) => readonly string[],
): ReadReply<Value> => {
  const document = parseDocument(text);
  if ('problem' in document) return document;
  const [first, ...others] = shapes;
  let parsed = first.safeParse(document.value);
  for (const shape of others) if (!parsed.success) parsed = shape.safeParse(document.value);
  if (!parsed.success) {
    const issues = parsed.error.issues.map(({ path, message }) => `${path.join('.') || 'reply'}: ${message}`);
    return { errorClass: 'schema', problem: inOneLine(issues) };
  }
  const problems = [...placeholderProblems(parsed.data), ...problemsOf(parsed.data)];
  return problems.length === 0 ? { value: parsed.data } : { errorClass: 'semantics', problem: inOneLine(problems) };
};

const inOneLine = (problems: readonly string[]): string => problems.join('; ').slice(0, maximumProblemLength);

const diagnosisProblems = ({ hypotheses }: Diagnosis, bundle: EvidenceBundle): readonly string[] => {
  const ids = new Set<string>(bundle.items.map(({ id }) => id));
  const services = new Set<string>(
    bundle.items.flatMap((item) => (item.type === 'topology' ? item.topology.services.map(({ name }) => name) : [])),
  );
  return hypotheses.flatMap(({ service, evidence }, index) => [
    ...(services.has(service)
      ? []
      : [`hypothesis ${index + 1} names the service ${service}, which the topology has not`]),
    ...evidence.filter((id) => !ids.has(id)).map((id) => `hypothesis ${index + 1} cites ${id}, which does not exist`),
  ]);
};

/** The shapes of replies as JSON Schema, for models that are told of it; `simple` ones for those that fail at the whole. */
export const replySchemas = {
  diagnose: z.toJSONSchema(diagnosisSchema),
  plan: z.toJSONSchema(remediationPlanSchema),
  challenge: z.toJSONSchema(hypothesisSchema),
} as const;

export const simpleReplySchemas = {
  diagnose: z.toJSONSchema(simpleDiagnosisSchema),
  plan: z.toJSONSchema(simplePlanSchema),
  challenge: z.toJSONSchema(hypothesisSchema),
} as const;
