import { z } from 'zod';
import { decisionSchema } from '../../../domain/decision/decision.ts';
import { diagnosisSchema } from '../../../domain/diagnosis/diagnosis.ts';
import { incidentIdSchema } from '../../../domain/ids.ts';
import { remediationPlanSchema } from '../../../domain/plan/plan.ts';
import { challengeSchema } from '../../../domain/reasoning/challenge.ts';
import { noGrounds, planGroundsSchema } from '../../../domain/reasoning/plan-grounds.ts';
import { verificationSchema } from '../../../domain/verification/verification.ts';
import type { DecisionRecord } from '../../../ports/decision-record.ts';
import { readableTimes } from './readable-times.ts';

const filed = { incidentId: incidentIdSchema, attempt: z.int().min(1), at: z.number() };
const answered = { provider: z.string(), fallback: z.string().nullable() };

const decisionRecordSchema = z.discriminatedUnion('kind', [
  z.object({
    ...filed,
    ...answered,
    kind: z.literal('diagnosis'),
    diagnosis: diagnosisSchema,
    support: z.number().min(0).max(1),
  }),
  z.object({
    ...filed,
    ...answered,
    kind: z.literal('plan'),
    plan: remediationPlanSchema,
    grounds: planGroundsSchema.default(noGrounds),
  }),
  z.object({ ...filed, ...answered, kind: z.literal('challenge'), challenge: challengeSchema }),
  z.object({ ...filed, kind: z.literal('decision'), decision: decisionSchema }),
  z.object({ ...filed, kind: z.literal('verification'), verification: verificationSchema }),
]);

export const decisionRow = (record: DecisionRecord): Record<string, unknown> => ({
  item: `${String(record.attempt).padStart(2, '0')}#${record.kind}`,
  ...record,
  inShort: inShort(record),
  ...readableTimes({ at: record.at }),
});

export const parseDecisionRecord = (row: Record<string, unknown>): DecisionRecord => decisionRecordSchema.parse(row);

/** The row in one line, for people who browse the table. */
function inShort(record: DecisionRecord): string {
  switch (record.kind) {
    case 'diagnosis': {
      const [leading] = record.diagnosis.hypotheses;
      if (leading === undefined) return 'no hypothesis';
      return `${leading.mechanism} in ${leading.service}, confidence ${leading.confidence}, support ${record.support}`;
    }
    case 'plan':
      return record.plan.steps.map(({ runbook }) => runbook).join(', then ');
    case 'challenge':
      return `${record.challenge.verdict}, confidence at most ${record.challenge.confidenceLimit}`;
    case 'decision':
      return `${record.decision.authority}: ${record.decision.reason}`;
    case 'verification':
      return `${record.verification.verdict}: ${record.verification.reason}`;
  }
}
