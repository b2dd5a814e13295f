import { changeNear, growth, type Measured } from '../features.ts';
import type { ServiceView, SystemView } from '../service-view.ts';
import { climbBegan } from '../symptom.ts';

const atOnce = { fullMinutes: 1, fadeMinutes: 5 };
/** A version takes minutes to reach every instance, and memory some more to show it. */
const rollingOut = { fullMinutes: 6, fadeMinutes: 5 };
/** What grows until it hurts was brought in long before. */
const slowly = { fullMinutes: 30, fadeMinutes: 30 };

/**
 * A deploy that fits the onset, 0 to 1. Where memory grows, what counts is when it began to; where it did so
 * before anyone looked, a deploy of the last hour may have brought it.
 */
export const deployed = (system: SystemView, view: ServiceView): Measured => {
  const memory = growth(view, 'memory');
  if (memory.value <= 0.5) {
    return changeNear(system, view, ['deploy'], atOnce);
  }
  const series = [view.metric('memory'), ...view.instances.map(({ metric }) => metric('memory'))];
  const began = climbBegan(series.find((item) => item?.id === memory.items[0]?.id));
  const near =
    began === null
      ? changeNear(system, view, ['deploy'], slowly)
      : changeNear({ ...system, onset: began }, view, ['deploy'], rollingOut);
  return { value: near.value, items: near.value > 0 ? [...near.items, ...memory.items] : [] };
};

export const reconfigured = (system: SystemView, view: ServiceView): Measured =>
  changeNear(system, view, ['config'], atOnce);

const endsWork = /\b(?:finish|complet|end|stop|pause)/i;

/** A job that began, 0 to 1: the log of changes names its end as well. */
export const jobBegan = (system: SystemView, view: ServiceView): Measured =>
  changeNear(system, view, ['job'], { fullMinutes: 1, fadeMinutes: 8 }, ({ summary }) => !endsWork.test(summary));

/** A cache that was emptied, or that started anew, 0 to 1. */
export const emptied = (system: SystemView, view: ServiceView): Measured =>
  changeNear(system, view, ['cacheFlush', 'restart'], atOnce);
