import { anomalyOf } from '../../lambdas/domain/anomaly/anomaly-of.ts';
import { type Judging, observeSample } from '../../lambdas/domain/anomaly/judge-sample.ts';
import { field, newWatch, type Watch } from '../../lambdas/domain/anomaly/watch.ts';
import { createSurpriseDetector } from '../../lambdas/domain/detectors/surprise/surprise-detector.ts';
import type { SeriesId } from '../../lambdas/domain/ids.ts';
import type { Sample } from '../../lambdas/domain/signal/series.ts';
import { runQuietShop } from './quiet-shop.ts';

const day = 86_400_000;
/** A Monday; shops begin on several days of the week. */
const monday = Date.UTC(2026, 2, 2);

/** What one series did on one day. */
export type SeriesDay = {
  readonly day: number;
  /** Part of a day that it was watched. */
  length: number;
  /** How often its detector alarmed, for each knob. */
  readonly alarms: number[];
  /** How often the loop raised an anomaly of it, for each knob. */
  readonly raised: number[];
};

export type ShopOptions = { readonly seed: number; readonly days: number; readonly stepSeconds: number };

/**
 * Watches a shop that has no fault, as a deployment does from its first scan, and counts what is said all the same. Days are
 * numbered from 0, the first one after the day of history that a new deployment learns from.
 */
export function countAlarms({ seed, days, stepSeconds }: ShopOptions, knobs: readonly number[]): readonly SeriesDay[] {
  const from = monday + (seed % 7) * day;
  const detector = createSurpriseDetector({ falseAlarmsPerMonth: 1 });
  const states = new Map<
    SeriesId,
    { readonly state: Float64Array; readonly watches: readonly Watch[]; readonly days: SeriesDay[] }
  >();
  runQuietShop({ seed, from, days, stepSeconds }, (series, sample, periodSeconds, live) => {
    const known = states.get(series.id) ?? {
      state: detector.initial(),
      watches: knobs.map(() => newWatch(series, sample.at)),
      days: [],
    };
    states.set(series.id, known);
    const verdict = detector.observe(known.state, sample);
    const raised = knobs.map((falseAlarmsPerMonth, index) =>
      raises(known.watches[index], sample, periodSeconds, { quietly: !live, falseAlarmsPerMonth }),
    );
    if (!live || verdict.learning) return;
    const number = Math.floor((sample.at - from) / day);
    known.days[number] ??= { day: number, length: 0, alarms: knobs.map(() => 0), raised: knobs.map(() => 0) };
    const today = known.days[number];
    today.length += (periodSeconds * 1000) / day;
    knobs.forEach((knob, index) => {
      if (verdict.score * knob >= 1) today.alarms[index] = (today.alarms[index] ?? 0) + 1;
      if (raised[index] === true) today.raised[index] = (today.raised[index] ?? 0) + 1;
    });
  });
  return [...states.values()].flatMap((each) => each.days.filter((one) => one !== undefined));
}

/** Whether an anomaly begins with the sample. */
function raises(watch: Watch | undefined, sample: Sample, periodSeconds: number, judging: Judging): boolean {
  if (watch === undefined) return false;
  const onset = watch.record[field.onset];
  observeSample(watch, sample, periodSeconds, judging);
  return watch.record[field.onset] !== onset && anomalyOf(watch, sample.at) !== null;
}
