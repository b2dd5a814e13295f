import { describe, expect, it } from 'vitest';
import { type LlmAction, llmActionSchema } from '../../../../lambdas/domain/audit/llm-action.ts';
import { callsInShort, modelCallLines } from '../../../../scripts/view/model-calls.ts';
import { createScreen } from '../../../../scripts/view/screen.ts';
import { modelCall } from '../../../support/record-examples.ts';
import { incidentId, start } from '../../../support/response-examples.ts';

const call = (second: number, change: Partial<LlmAction>): LlmAction =>
  llmActionSchema.parse({ ...modelCall(incidentId, `call-${second}`, start + second * 1000), ...change });

const calls = [
  call(9, { provider: 'builtin', supervised: 1, outcome: 'used' }),
  call(1, { provider: 'gemini', outcome: 'failed', errorClass: 'rateLimited', problem: 'asked too often' }),
  call(2, { provider: 'gemini', call: 2, outcome: 'unusable', errorClass: 'syntax', problem: 'not \u001b[31mJSON' }),
  call(3, { provider: 'gemini', supervised: 1, outcome: 'unusable', errorClass: 'syntax', problem: 'cut short' }),
  call(4, { provider: 'groq', supervised: 1, outcome: 'refused', errorClass: 'gate', problem: 'the breaker is open' }),
  call(5, { purpose: 'diagnostic', provider: 'gemini', outcome: 'used' }),
];

describe('the model calls of an incident', () => {
  it('stand in the order in which they were made, with what became of each', () => {
    const lines = modelCallLines(calls, { ...createScreen({ write: () => undefined }, {}), width: 160 });
    const cells = lines.slice(1).map((line) => line.trim().split(/ {2,}/).slice(1, 5).join(' | '));
    expect(cells).toEqual([
      'diagnose | gemini builtin-reasoner-1 | 0.1 | failed: rate limited',
      'diagnose | gemini builtin-reasoner-1 | 0.2 | unusable: syntax',
      'diagnose | gemini builtin-reasoner-1 | 1.1 | unusable: syntax',
      'diagnose | groq builtin-reasoner-1 | 1.1 | refused: gate',
      'diagnostic | gemini builtin-reasoner-1 | 0.1 | used',
      'diagnose | builtin builtin-reasoner-1 | 1.1 | used',
    ]);
    expect(lines.join('')).not.toContain('\u001b');
  });

  it('are told in short, a line for each provider', () => {
    expect(callsInShort(calls, 1, 'diagnose')).toEqual([
      'gemini: 3 calls, 3 of no use (rate limited, syntax), asked in 1 other way',
      'groq: 0 calls, 1 not let through',
      'builtin: 1 call',
    ]);
  });

  it('are not told of where the first one was used, nor of another attempt', () => {
    expect(callsInShort([call(1, {})], 1, 'diagnose')).toEqual([]);
    expect(callsInShort(calls, 2, 'diagnose')).toEqual([]);
  });
});
