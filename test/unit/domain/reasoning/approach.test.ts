import { describe, expect, it } from 'vitest';
import {
  approachSchema,
  changeApproach,
  plainApproach,
  shownTo,
} from '../../../../lambdas/domain/reasoning/approach.ts';
import { aBundle, aMetric, anIncident } from '../../../support/response-examples.ts';

describe('the way in which a question is put', () => {
  it('keeps what was made plainer or smaller when more is changed', () => {
    const smaller = changeApproach(plainApproach, {
      adjustments: ['english'],
      maximumEvidence: 12,
      simplerSchema: true,
    });
    const both = changeApproach(smaller, {
      adjustments: ['jsonOnly', 'english'],
      maximumEvidence: 30,
      simplerSchema: false,
    });
    expect(approachSchema.parse(both)).toEqual({
      adjustments: ['jsonOnly', 'english'],
      maximumEvidence: 12,
      simple: true,
    });
  });

  it('shows what the diagnosis cites, however little it says by itself', () => {
    const quiet = Array.from({ length: 20 }, (_, index) =>
      aMetric({ service: 'store', instance: `i-${index}`, role: 'cpu', before: 20, now: 20 }),
    );
    const bundle = aBundle([aMetric({ service: 'middle', role: 'latency', before: 80, now: 300 }), ...quiet]);
    const last = bundle.items.at(-1);
    if (last === undefined) throw new Error('the bundle is empty');
    const hypothesis = { mechanism: 'leak', service: anIncident().service, confidence: 0.5, reasoning: 'x' } as const;
    const diagnosis = { hypotheses: [{ ...hypothesis, evidence: [last.id] }], assumptions: [] };
    const brief = { bundle, incident: anIncident(), diagnosis };
    const shown = shownTo(brief, { ...plainApproach, maximumEvidence: 3 });
    expect(shown.bundle.items.map(({ id }) => id)).toEqual(['E1', 'E2', last.id]);
    expect(shownTo(brief, plainApproach)).toBe(brief);
  });
});
