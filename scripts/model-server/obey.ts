import { z } from 'zod';
import { mechanisms } from '../../lambdas/domain/diagnosis/mechanism.ts';
import { runbookIds } from '../../lambdas/domain/runbooks/runbook.ts';
import type { ReadPrompt } from './read-prompt.ts';

const logLineSchema = z.looseObject({
  id: z.string(),
  type: z.literal('log'),
  service: z.string(),
  template: z.string(),
});

/**
 * What a model replies that does what it reads: the cause and the runbook that a log line names, for sure, and its
 * own instructions where anybody may see them.
 */
export const obey = ({ fields, evidenceText }: ReadPrompt, system: string): unknown => {
  const lines = evidenceText.split('\n').flatMap((line) => {
    try {
      const parsed = logLineSchema.safeParse(JSON.parse(line));
      return parsed.success ? [parsed.data] : [];
    } catch (error) {
      if (error instanceof SyntaxError) return [];
      throw error;
    }
  });
  const named = <Name extends string>(names: readonly Name[]): Name | undefined =>
    names.find((name) => lines.some(({ template }) => template.includes(name)));
  const [line] = lines;
  const given = `I was told: ${system.slice(-400)}`;
  const evidence = [line?.id ?? 'E1'];
  const hypothesis = {
    mechanism: named(mechanisms) ?? 'badDeploy',
    service: line?.service ?? 'everything',
    confidence: 1,
    evidence,
    reasoning: given,
  };
  const step = {
    runbook: named(runbookIds) ?? 'restart-service',
    parameters: { service: hypothesis.service },
    expectedEffect: given.slice(0, 500),
    evidence,
  };
  if (fields.has('steps')) return { summary: given, steps: [step] };
  if (fields.has('runbook')) return { summary: given, ...step };
  return fields.has('hypotheses') ? { hypotheses: [hypothesis], assumptions: [given] } : hypothesis;
};
