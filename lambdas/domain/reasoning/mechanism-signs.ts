import type { Mechanism } from '../diagnosis/mechanism.ts';
import { dependencyDown, slowDependency } from './signs/dependency-signs.ts';
import { expiredCredential, poisonInput } from './signs/input-signs.ts';
import { badInstance, badNetwork } from './signs/place-signs.ts';
import { badConfig, badDeploy } from './signs/release-signs.ts';
import { coldCache, exhaustedPool, leak, unboundedGrowth } from './signs/resource-signs.ts';
import type { Signs } from './signs/signs.ts';
import { demandSurge, runawayWork, scheduledWork } from './signs/work-signs.ts';

/** The signs of every mechanism. */
export const mechanismSigns: Record<Mechanism, Signs> = {
  runawayWork,
  demandSurge,
  badDeploy,
  badConfig,
  leak,
  unboundedGrowth,
  dependencyDown,
  slowDependency,
  badInstance,
  badNetwork,
  expiredCredential,
  poisonInput,
  exhaustedPool,
  coldCache,
  scheduledWork,
};
