import { z } from 'zod';
import { type Diagnosis, diagnosisSchema } from '../diagnosis/diagnosis.ts';
import type { EvidenceBundle } from '../diagnosis/evidence.ts';
import { type RemediationPlan, remediationPlanSchema } from '../plan/plan.ts';
import { planProblems } from '../plan/validate-plan.ts';

/** A reply that may be used, or one line of what is wrong with it and of which kind that is. */
export type ReadReply<Value> =
  | { readonly value: Value }
  | { readonly problem: string; readonly errorClass: 'syntax' | 'schema' | 'semantics' };

const maximumReplyLength = 100_000;
const maximumProblemLength = 1000;

export const readDiagnosis = (text: string, bundle: EvidenceBundle): ReadReply<Diagnosis> =>
  read(text, diagnosisSchema, (diagnosis) => diagnosisProblems(diagnosis, bundle));

export const readPlan = (text: string, bundle: EvidenceBundle): ReadReply<RemediationPlan> =>
  read(text, remediationPlanSchema, (plan) => planProblems(plan, bundle));

const read = <Value>(
  text: string,
  schema: z.ZodType<Value>,
  problemsOf: (value: Value) => readonly string[],
): ReadReply<Value> => {
  if (text.length > maximumReplyLength) {
    return problem('schema', `the reply has ${text.length} characters; at most ${maximumReplyLength} are read`);
  }
  const json = parseJson(text);
  if ('problem' in json) {
    return json;
  }
  const parsed = schema.safeParse(json.value);
  if (!parsed.success) {
    return problem(
      'schema',
      parsed.error.issues.map(({ path, message }) => `${path.join('.') || 'reply'}: ${message}`).join('; '),
    );
  }
  const problems = problemsOf(parsed.data);
  return problems.length === 0 ? { value: parsed.data } : problem('semantics', problems.join('; '));
};

const problem = <Class extends string>(errorClass: Class, text: string) => ({
  problem: text.slice(0, maximumProblemLength),
  errorClass,
});

/** Some models put their JSON between code fences; nothing else around it is allowed. */
const parseJson = (text: string): ReadReply<unknown> => {
  const fenced = /^\s*```(?:json)?\s*\n([\s\S]*)\n```\s*$/.exec(text)?.[1];
  try {
    return { value: JSON.parse(fenced ?? text) };
  } catch (error) {
    if (error instanceof SyntaxError) {
      return problem('syntax', 'the reply is not JSON');
    }
    throw error;
  }
};

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

/** The shapes of replies as JSON Schema, for models that are told of it. */
export const replySchemas = {
  diagnose: z.toJSONSchema(diagnosisSchema),
  plan: z.toJSONSchema(remediationPlanSchema),
} as const;
