/** The three application profiles of the Numenta Anomaly Benchmark: what a hit, a miss and a false alarm weigh. */
export type Profile = {
  readonly truePositive: number;
  readonly falseNegative: number;
  readonly falsePositive: number;
};

export const profileNames = ['standard', 'lowFp', 'lowFn'] as const;
export type ProfileName = (typeof profileNames)[number];

export const profiles: Readonly<Record<ProfileName, Profile>> = {
  standard: { truePositive: 1, falseNegative: 1, falsePositive: 0.11 },
  lowFp: { truePositive: 1, falseNegative: 1, falsePositive: 0.22 },
  lowFn: { truePositive: 1, falseNegative: 2, falsePositive: 0.11 },
};
