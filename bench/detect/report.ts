import type { ScenarioPlan } from '../../scripts/scenario/scenario-plan.ts';
import { median } from '../core-time.ts';
import type { GradedFault, GradedRun } from './grade.ts';
import { mostExpected, type Share, shareOf } from './interval.ts';
import { type OnsetKind, onsetKinds } from './onset-kind.ts';

export type Played = { readonly plans: readonly ScenarioPlan[]; readonly graded: readonly GradedRun[] };

export type DelayReport = {
  readonly onset: OnsetKind;
  readonly faults: number;
  readonly detected: number;
  readonly medianSeconds: number | null;
  readonly p90Seconds: number | null;
};

/** One fault at a time. */
export const reportSingle = ({ plans, graded }: Played) => {
  const faults = graded.flatMap((run) => run.faults);
  const growth = faults.filter(({ onset, hurtAfterSeconds }) => onset === 'growth' && hurtAfterSeconds !== null);
  return {
    stepSeconds: stepOf(plans),
    detected: countOf(faults, ({ detectedAfterSeconds }) => detectedAfterSeconds !== null),
    rootNamed: countOf(faults, ({ rootRight }) => rootRight),
    oneIncident: countOf(graded, ({ incidents }) => incidents.length === 1),
    falseIncidents: sum(graded, ({ falseIncidents }) => falseIncidents),
    delays: onsetKinds.map((onset) => delaysOf(onset, faults)),
    growthBeforeHurt: countOf(
      growth,
      ({ detectedAfterSeconds, hurtAfterSeconds }) =>
        detectedAfterSeconds !== null && hurtAfterSeconds !== null && detectedAfterSeconds < hurtAfterSeconds,
    ),
    missed: graded.filter(({ faults: [fault], incidents }) => fault?.rootRight !== true || incidents.length !== 1),
  };
};

/** Two faults at a time. */
export const reportPairs = ({ plans, graded }: Played) => {
  const onPath = graded.filter(({ onOnePath }) => onOnePath);
  return {
    stepSeconds: stepOf(plans),
    twoIncidentsBothNamed: countOf(graded, ({ partedRight }) => partedRight),
    bothNamed: countOf(graded, ({ faults }) => faults.every(({ named }) => named)),
    twoIncidents: countOf(graded, ({ incidents }) => incidents.length === 2),
    onOnePath: countOf(graded, ({ onOnePath }) => onOnePath),
    partedOnOnePath: countOf(onPath, ({ partedRight }) => partedRight),
    missed: graded.filter(({ partedRight }) => !partedRight),
  };
};

/** A fault beside a release without harm. */
export const reportReleases = ({ plans, graded }: Played) => ({
  stepSeconds: stepOf(plans),
  releaseBlamed: countOf(graded, ({ releaseBlamed }) => releaseBlamed),
  rootNamed: countOf(graded, ({ faults }) => faults.every(({ rootRight }) => rootRight)),
  onOnePath: countOf(graded, ({ onOnePath }) => onOnePath),
  missed: graded.filter(({ releaseBlamed }) => releaseBlamed),
});

/** No fault at all. */
export const reportQuiet = ({ plans, graded }: Played, services: number) => {
  const days = (sum(plans, ({ lengthSeconds }) => lengthSeconds) / 86_400) * services;
  const falseIncidents = sum(graded, ({ incidents }) => incidents.length);
  return {
    stepSeconds: stepOf(plans),
    shops: plans.length,
    serviceDays: Math.round(days * 10) / 10,
    falseIncidents,
    /** Upper end of the interval of 95%. */
    atMostPerHundredServiceDays: (100 * mostExpected(falseIncidents)) / days,
    incidents: graded.flatMap(({ name, incidents }) => incidents.map((incident) => ({ name, ...incident }))),
  };
};

const stepOf = (plans: readonly ScenarioPlan[]): number => plans[0]?.stepSeconds ?? 0;

const sum = <Row>(rows: readonly Row[], figure: (row: Row) => number): number =>
  rows.reduce((total, row) => total + figure(row), 0);

const countOf = <Row>(rows: readonly Row[], holds: (row: Row) => boolean): Share =>
  shareOf(rows.filter(holds).length, rows.length);

/** Of those detected; how many were not is told beside it. */
const delaysOf = (onset: OnsetKind, faults: readonly GradedFault[]): DelayReport => {
  const own = faults.filter((fault) => fault.onset === onset);
  const delays = own.flatMap(({ detectedAfterSeconds }) => detectedAfterSeconds ?? []).sort((a, b) => a - b);
  return {
    onset,
    faults: own.length,
    detected: delays.length,
    medianSeconds: delays.length === 0 ? null : median(delays),
    p90Seconds: delays[Math.ceil(0.9 * delays.length) - 1] ?? null,
  };
};
