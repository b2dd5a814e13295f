import { type ChangeSurprise, changes } from './change.ts';
import { envelope } from './envelope.ts';
import { scalar, type View } from './layout.ts';
import { level } from './level.ts';
import { novelty } from './novelty.ts';
import { rate } from './rate.ts';
import { learnCentre } from './robust-centre.ts';
import { spikes } from './spikes.ts';
import { week } from './week.ts';

export const streamNames = ['novelty', 'envelope', 'week', 'level', 'change', 'variability', 'spikes'] as const;
export type StreamName = (typeof streamNames)[number];
export type Surprises = ChangeSurprise & Record<Exclude<StreamName, keyof ChangeSurprise>, number>;

const shortRate = rate(500);

export function noSurprises(): Surprises {
  return { novelty: 0, envelope: 0, week: 0, level: 0, change: 0, variability: 0, spikes: 0 };
}

/** Shows a sample to every stream, which judges it and then learns it. */
export function observeStreams(view: View, at: number, value: number, samples: number, out: Surprises): void {
  const { scalars } = view;
  const relative = Math.fround(value - (scalars[scalar.base] ?? 0)) + 0;
  out.novelty = novelty(view, relative, samples);
  out.envelope = envelope(view, at, relative, samples);
  learnCentre(scalars, scalar.shortCentre, value, shortRate, samples);
  out.week = week(view, at, relative, samples);
  out.level = level(view, value, samples);
  changes(view, value, samples, out);
  out.spikes = spikes(view, value, samples);
  scalars[scalar.previous] = value;
}

/** The stream that was most surprised. */
export function loudest(surprises: Surprises): StreamName {
  let name: StreamName = 'novelty';
  for (const each of streamNames) if (surprises[each] > surprises[name]) name = each;
  return name;
}
