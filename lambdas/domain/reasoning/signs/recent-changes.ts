import type { Change } from '../../topology/change.ts';
import { changeNear } from '../change-near.ts';
import { type Contribution, contribute } from '../contribution.ts';
import { growth, largest, type Measured } from '../features.ts';
import type { ServiceView, SystemView } from '../service-view.ts';
import { climbBegan } from '../symptom.ts';

const atOnce = { fullMinutes: 1, fadeMinutes: 5 };
const startingUp = { fullMinutes: 1, fadeMinutes: 8 };
/** A version takes minutes to reach every instance, and memory some more to show it. */
const rollingOut = { fullMinutes: 6, fadeMinutes: 5 };
/** What grows until it hurts was brought in long before. */
const slowly = { fullMinutes: 30, fadeMinutes: 30 };

/** What can fill up so slowly that the cause lies well before the harm. */
const fillingRoles = ['memory', 'disk', 'connections'] as const;

/**
 * A change that fits the onset, 0 to 1. Where something fills up, what counts is when it began to; where it did
 * so before anyone looked, a change of the last hour may have brought it.
 */
const changed = (
  system: SystemView,
  view: ServiceView,
  kind: 'deploy' | 'config' | 'job',
  admit?: (change: Change) => boolean,
): Measured => {
  const filling = largest(...fillingRoles.map((role) => growth(view, role)));
  if (filling.value <= 0.5) {
    return changeNear(system, view, [kind], kind === 'job' ? startingUp : atOnce, admit);
  }
  const series = fillingRoles.flatMap((role) => [
    view.metric(role),
    ...view.instances.map(({ metric }) => metric(role)),
  ]);
  const began = climbBegan(series.find((item) => item?.id === filling.items[0]?.id));
  const near =
    began === null
      ? changeNear(system, view, [kind], slowly, admit)
      : changeNear({ ...system, onset: began }, view, [kind], rollingOut, admit);
  return { value: near.value, items: near.value > 0 ? [...near.items, ...filling.items] : [] };
};

export const deployed = (system: SystemView, view: ServiceView): Measured => changed(system, view, 'deploy');

export const reconfigured = (system: SystemView, view: ServiceView): Measured => changed(system, view, 'config');

const endsWork = /\b(?:finish|complet|end|stop|pause)/i;

/** A job that began, 0 to 1: the log of changes names its end as well. */
export const jobBegan = (system: SystemView, view: ServiceView): Measured =>
  changed(system, view, 'job', ({ summary }) => !endsWork.test(summary));

/** What speaks against causes that come by themselves: something was just changed, on purpose. */
export const explainedByChange = (system: SystemView, view: ServiceView): readonly Contribution[] => [
  ...contribute(-2.2, deployed(system, view).value, 'a deploy just before explains it better'),
  ...contribute(-2.2, reconfigured(system, view).value, 'new configuration explains it better'),
  ...contribute(-2, jobBegan(system, view).value, 'a job just before explains it better'),
];

/** A cache that was emptied, or that started anew, 0 to 1. */
export const emptied = (system: SystemView, view: ServiceView): Measured =>
  changeNear(system, view, ['cacheFlush', 'restart'], atOnce);
