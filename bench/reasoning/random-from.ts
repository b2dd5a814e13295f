import { uniform } from '../../lambdas/workload/physics/random.ts';

/** Numbers from 0 up to 1, the same ones for the same seed and number. */
export const randomFrom = (seed: number, number: number): (() => number) => {
  let drawn = 0;
  return () => {
    drawn += 1;
    return uniform(seed, number, drawn, 77);
  };
};
