import type { LlmErrorClass } from '../../audit/llm-action.ts';
import {
  type Adjustment,
  type Changes,
  type FailedPass,
  type FailureDiagnosis,
  type FailureKind,
  type FailureStrategy,
  mainErrorClass,
} from './failure-diagnosis.ts';

type Rule = {
  readonly kind: FailureKind;
  readonly rootCause: string;
  /** What to do about it, the likeliest help first; when all was tried, another provider. */
  readonly strategies: readonly FailureStrategy[];
  readonly adjustments: readonly Adjustment[];
};

const sayThenShrink = ['promptAdjustment', 'simplify'] as const;
const shrinkThenSay = ['simplify', 'promptAdjustment'] as const;

const api = (rootCause: string, strategies: Rule['strategies'] = shrinkThenSay): Rule => ({
  kind: 'api',
  rootCause,
  strategies,
  adjustments: strategies.length === 0 ? [] : ['beShort'],
});

/** What each class of error comes from in general, and what helps. */
const rules: Record<LlmErrorClass, Rule> = {
  syntax: {
    kind: 'formatting',
    rootCause: 'the replies were no whole JSON document',
    strategies: sayThenShrink,
    adjustments: ['jsonOnly', 'beShort'],
  },
  schema: {
    kind: 'formatting',
    rootCause: 'the replies had another shape than the schema',
    strategies: sayThenShrink,
    adjustments: ['everyField', 'listedOnly', 'inRange'],
  },
  empty: {
    kind: 'formatting',
    rootCause: 'the replies were empty',
    strategies: shrinkThenSay,
    adjustments: ['beShort', 'answerTask'],
  },
  semantics: {
    kind: 'logic',
    rootCause: 'the replies named what the evidence does not hold',
    strategies: sayThenShrink,
    adjustments: ['citeGiven', 'nameGiven', 'noPlaceholders'],
  },
  refusal: {
    kind: 'logic',
    rootCause: 'the model answered in words or declined',
    strategies: sayThenShrink,
    adjustments: ['answerTask', 'jsonOnly', 'english'],
  },
  canary: {
    kind: 'logic',
    rootCause: 'the model gave its instructions away: it may follow text in the evidence',
    strategies: shrinkThenSay,
    adjustments: ['dataOnly'],
  },
  blocked: {
    kind: 'logic',
    rootCause: 'a safety filter of the provider held the prompt or the reply back',
    strategies: shrinkThenSay,
    adjustments: ['answerTask'],
  },
  timeout: {
    kind: 'timeout',
    rootCause: 'no reply came in time',
    strategies: shrinkThenSay,
    adjustments: ['beShort'],
  },
  rateLimited: api('the provider was asked too often'),
  overloaded: api('the provider had too much to do'),
  serverError: api('the provider failed'),
  connection: api('the provider could not be reached, or the connection was cut'),
  invalidRequest: api('the provider does not take such a request', ['simplify']),
  authentication: api('the key is missing, wrong or not allowed', []),
  gate: api('limits, breaker or budget let no call through', []),
};

/**
 * The built-in classification of a failure: what the calls failed with says what it is, and of what helps the
 * first that was not tried yet is tried. Without any piece of evidence nothing can be cited, and only a person can help.
 */
export const diagnoseFailureByRules = (pass: FailedPass): FailureDiagnosis => {
  if (pass.shownEvidence === 0) {
    const rootCause = 'there is no evidence that a reply could cite';
    return { kind: 'logic', rootCause, canFix: false, strategy: 'abort', changes: noChanges };
  }
  const errorClass = mainErrorClass(pass);
  if (errorClass === null) {
    return { kind: 'unknown', rootCause: 'no call was made', canFix: false, strategy: 'fallback', changes: noChanges };
  }
  const { kind, rootCause, strategies } = rules[errorClass];
  const strategy = strategies.find((each) => !pass.tried.includes(each)) ?? 'fallback';
  return {
    kind,
    rootCause: `${rootCause}: ${pass.calls.at(-1)?.problem ?? ''}`.slice(0, 500),
    canFix: strategy !== 'fallback',
    strategy,
    changes: changesOf(strategy, errorClass, pass.shownEvidence),
  };
};

const noChanges: Changes = { adjustments: [], maximumEvidence: null, simplerSchema: false };

/** So many pieces stay when less is shown: a third, and enough for the leading cause and its rivals. */
const simplifiedEvidence = (shown: number): number => Math.max(8, Math.min(40, Math.ceil(shown / 3)));

/** What a strategy changes after failures of a class, when nobody says it more exactly. */
export const changesOf = (strategy: FailureStrategy, errorClass: LlmErrorClass, shownEvidence: number): Changes => {
  const said = [...rules[errorClass].adjustments];
  switch (strategy) {
    case 'promptAdjustment':
      return { ...noChanges, adjustments: said };
    case 'simplify':
      return { adjustments: said, maximumEvidence: simplifiedEvidence(shownEvidence), simplerSchema: true };
    case 'fallback':
    case 'abort':
      return noChanges;
  }
};

/** Whether the provider itself said what is wrong, so that no model need be asked about it. */
export const speaksForItself = (errorClass: LlmErrorClass): boolean =>
  rules[errorClass].kind === 'api' || rules[errorClass].kind === 'timeout';
