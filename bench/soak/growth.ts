import { linearRegression } from 'simple-statistics';

export type SoakSample = {
  /** Epoch milliseconds. */
  readonly at: number;
  /** What is measured, by name: bytes, seconds or items. */
  readonly figures: Readonly<Record<string, number>>;
};

export type Growth = {
  readonly name: string;
  readonly first: number;
  readonly last: number;
  readonly highest: number;
  /** By the straight line of least squares through all samples; 0 with fewer than two. */
  readonly perHour: number;
  /** The last value carried on along that line. */
  readonly afterHours: (hours: number) => number;
};

const hour = 3_600_000;

/** How each figure grew over a run. The first tenth of the samples is left out: a start is no trend. */
export const growthOf = (samples: readonly SoakSample[]): readonly Growth[] => {
  const settled = samples.slice(Math.floor(samples.length / 10));
  const names = new Set(settled.flatMap((sample) => Object.keys(sample.figures)));
  return [...names].map((name) => {
    const points = settled.flatMap((sample): [number, number][] => {
      const value = sample.figures[name];
      return value === undefined ? [] : [[sample.at / hour, value]];
    });
    const values = points.map(([, value]) => value);
    const first = values[0] ?? 0;
    const last = values.at(-1) ?? 0;
    const perHour = points.length < 2 ? 0 : linearRegression(points).m;
    return {
      name,
      first,
      last,
      highest: Math.max(...values),
      perHour,
      afterHours: (hours) => last + perHour * hours,
    };
  });
};
