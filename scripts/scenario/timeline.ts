import type { Truth } from '../../lambdas/workload/fleet.ts';
import type { IncidentRecord } from '../operator/incident-record.ts';
import type { ScenarioPlan } from './scenario-plan.ts';

/** One line of the story. Seconds count from the begin of the run. */
export type Moment = {
  readonly afterSeconds: number;
  readonly who: 'fault' | 'shop' | 'kintsugi';
  readonly text: string;
};

/** Faults, the shop's true state and every transition of every incident, in order. */
export const writeTimeline = (
  plan: ScenarioPlan,
  records: readonly IncidentRecord[],
  truths: readonly { readonly at: number; readonly truth: Truth }[],
): readonly Moment[] => {
  const moment = (at: number, who: Moment['who'], text: string): Moment => ({
    afterSeconds: (at - plan.at) / 1000,
    who,
    text,
  });
  return [
    ...plan.faults.map(({ startedAt, definition, service, severity }) =>
      moment(startedAt, 'fault', `${definition.cause} strikes ${service} with severity ${severity}`),
    ),
    ...truths.map(({ at, truth }) => moment(at, 'shop', describe(truth))),
    ...records.flatMap(({ incident, audit, decisions }) => {
      const tell = (at: number, text: string) => moment(at, 'kintsugi', `${incident.service}: ${text}`);
      const told = audit.map(({ at, from, to, message }) =>
        tell(at, `${from === null ? '' : `${from} → `}${to}. ${message}`),
      );
      const diagnoses = decisions.flatMap((decision) =>
        decision.kind === 'diagnosis' ? [tell(decision.at, diagnosisText(decision))] : [],
      );
      // Within one moment: the evidence, what was made of it, and what followed.
      const begun = audit.map(({ to }) => to === 'open' || to === 'diagnosing');
      return [...told.filter((_, index) => begun[index]), ...diagnoses, ...told.filter((_, index) => !begun[index])];
    }),
  ].toSorted((left, right) => left.afterSeconds - right.afterSeconds);
};

const describe = ({ hurting, edgeSuccess, edgeP95Milliseconds, resourceNearLimit }: Truth): string => {
  const figures = `${(100 * edgeSuccess).toFixed(1)}% served, p95 ${Math.round(edgeP95Milliseconds)} ms`;
  const limit = resourceNearLimit === null ? '' : `, ${resourceNearLimit} at its limit`;
  return `${hurting ? 'hurts' : 'is well'}: ${figures}${limit}`;
};

const diagnosisText = ({
  attempt,
  diagnosis,
  support,
}: Extract<IncidentRecord['decisions'][number], { readonly kind: 'diagnosis' }>): string => {
  const [leading] = diagnosis.hypotheses;
  return leading === undefined
    ? `attempt ${attempt} found no cause`
    : `attempt ${attempt} holds ${leading.mechanism} at ${leading.service} for the cause (${leading.confidence.toFixed(2)}, supported ${support.toFixed(2)})`;
};
