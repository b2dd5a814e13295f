import { describe, expect, it } from 'vitest';
import { measureOutage } from '../../../../bench/reasoning/measure-outage.ts';
import { incidentIdSchema } from '../../../../lambdas/domain/ids.ts';
import type { ModelBrief } from '../../../../lambdas/ports/language-model.ts';
import { aBundle, aMetric, anIncident } from '../../../support/response-examples.ts';

const bundle = aBundle([
  aMetric({ service: 'middle', role: 'disk', before: 50, now: 94, shape: 'climb' }),
  aMetric({ service: 'middle', role: 'latency', before: 80, now: 200 }),
]);
const briefs: readonly ModelBrief[] = Array.from({ length: 50 }, (_, index) => {
  const id = incidentIdSchema.parse(`01J00000000000000000000${String(index).padStart(3, '0')}`);
  return { bundle, incident: { ...anIncident(), id }, ruledOut: [], diagnosis: null };
});

describe('an outage of one provider, with 50 incidents at once', () => {
  it.each([
    { kind: 'unavailable' as const, proven: true },
    { kind: 'stall' as const, proven: false },
    { kind: 'cut' as const, proven: true },
  ])(
    'of $kind costs three calls in all, and ends by itself (proven before: $proven)',
    async ({ kind, proven }) => {
      const report = await measureOutage(briefs, kind, { proven, random: Math.random });
      const { during, after } = report;
      expect(report.callsToTheOneDown).toBe(3);
      expect(during['openai:groq']).toBeGreaterThan(0);
      expect((during['openai:groq'] ?? 0) + (during['builtin'] ?? 0)).toBe(50);
      expect(report.callsAtReturn.stillDown).toBe(1);
      expect(report.callsAtReturn.back).toBeGreaterThan(0);
      expect(after['gemini']).toBeGreaterThan(0);
      expect(after['nobody']).toBeUndefined();
      expect(report.mostAtOnce.seen).toBeLessThanOrEqual(report.mostAtOnce.allowed);
      expect(report.mostPerMinute.seen).toBeLessThanOrEqual(report.mostPerMinute.allowed);
    },
    30_000,
  );
});
