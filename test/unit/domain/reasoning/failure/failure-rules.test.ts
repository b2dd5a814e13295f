import { describe, expect, it } from 'vitest';
import { type LlmErrorClass, llmErrorClasses } from '../../../../../lambdas/domain/audit/llm-action.ts';
import {
  type FailureStrategy,
  failureDiagnosisSchema,
  mainErrorClass,
} from '../../../../../lambdas/domain/reasoning/failure/failure-diagnosis.ts';
import { diagnoseFailureByRules } from '../../../../../lambdas/domain/reasoning/failure/failure-rules.ts';

const passOf = (errorClass: LlmErrorClass, tried: readonly FailureStrategy[] = [], shownEvidence = 60) => ({
  calls: [{ errorClass, problem: 'so it was' }],
  tried,
  shownEvidence,
});

describe('the built-in classification of a failure', () => {
  it.each<[LlmErrorClass, string, string]>([
    ['syntax', 'formatting', 'promptAdjustment'],
    ['schema', 'formatting', 'promptAdjustment'],
    ['empty', 'formatting', 'simplify'],
    ['semantics', 'logic', 'promptAdjustment'],
    ['refusal', 'logic', 'promptAdjustment'],
    ['blocked', 'logic', 'simplify'],
    ['canary', 'logic', 'simplify'],
    ['timeout', 'timeout', 'simplify'],
    ['rateLimited', 'api', 'simplify'],
    ['overloaded', 'api', 'simplify'],
    ['serverError', 'api', 'simplify'],
    ['connection', 'api', 'simplify'],
    ['invalidRequest', 'api', 'simplify'],
    ['authentication', 'api', 'fallback'],
    ['gate', 'api', 'fallback'],
  ])('of %s is %s, and first %s', (errorClass, kind, strategy) => {
    expect(diagnoseFailureByRules(passOf(errorClass))).toMatchObject({ kind, strategy });
  });

  it('tries nothing twice, and ends at another provider, whatever failed', () => {
    for (const errorClass of llmErrorClasses) {
      const tried: FailureStrategy[] = [];
      for (;;) {
        const diagnosis = failureDiagnosisSchema.parse(diagnoseFailureByRules(passOf(errorClass, tried)));
        if (diagnosis.strategy === 'fallback') break;
        expect(tried).not.toContain(diagnosis.strategy);
        tried.push(diagnosis.strategy);
      }
      expect(tried.length).toBeLessThanOrEqual(2);
    }
  });

  it('changes something with every strategy that asks again', () => {
    expect(diagnoseFailureByRules(passOf('semantics')).changes).toMatchObject({
      adjustments: ['citeGiven', 'nameGiven', 'noPlaceholders'],
      maximumEvidence: null,
      simplerSchema: false,
    });
    expect(diagnoseFailureByRules(passOf('timeout')).changes).toMatchObject({
      maximumEvidence: 20,
      simplerSchema: true,
    });
  });

  it('asks a person where there is nothing to cite', () => {
    expect(diagnoseFailureByRules(passOf('semantics', [], 0))).toMatchObject({ strategy: 'abort', canFix: false });
  });

  it('looks at what most calls failed with, of equals at the later', () => {
    const main = (...classes: LlmErrorClass[]) =>
      mainErrorClass({ calls: classes.map((errorClass) => ({ errorClass, problem: '' })) });
    expect(main('syntax', 'timeout', 'syntax', 'schema')).toBe('syntax');
    expect(main('syntax', 'schema')).toBe('schema');
    expect(main()).toBeNull();
  });
});
