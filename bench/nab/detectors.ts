import { createSurpriseDetector } from '../../lambdas/domain/detectors/surprise/surprise-detector.ts';
import { createHuberDetector } from './huber.ts';

/** Judges one series row by row: a score for the threshold's sweep, and whether it alarms as shipped. */
export type Run = (at: number, value: number) => { readonly raw: number; readonly alarms: boolean };

export type BenchedDetector = {
  /** What the detector keeps of a series. */
  readonly stateBytes: number;
  /** True when seeds make a difference. */
  readonly seeded: boolean;
  start(seed: number): Run;
};

const surprise: BenchedDetector = {
  stateBytes: createSurpriseDetector().stateLength * Float64Array.BYTES_PER_ELEMENT,
  seeded: true,
  start(seed) {
    const detector = createSurpriseDetector({ seed });
    const state = detector.initial();
    return (at, value) => {
      const { raw, score } = detector.observe(state, { at, value });
      return { raw, alarms: score >= 1 };
    };
  },
};

const silent: BenchedDetector = {
  stateBytes: 0,
  seeded: false,
  start: () => () => ({ raw: 0, alarms: false }),
};

export const detectors: Readonly<Record<string, BenchedDetector>> = {
  surprise,
  'huber-z': createHuberDetector(),
  null: silent,
};
export const defaultDetector = 'surprise';
