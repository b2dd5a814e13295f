import { z } from 'zod';

/** The kinds of cause that a diagnosis may name: a published, closed list. */
export const mechanisms = [
  'runawayWork',
  'demandSurge',
  'badDeploy',
  'badConfig',
  'leak',
  'unboundedGrowth',
  'dependencyDown',
  'slowDependency',
  'badInstance',
  'badNetwork',
  'expiredCredential',
  'poisonInput',
  'exhaustedPool',
  'coldCache',
  'scheduledWork',
] as const;
export const mechanismSchema = z.enum(mechanisms);
export type Mechanism = z.infer<typeof mechanismSchema>;
