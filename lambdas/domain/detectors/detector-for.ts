import type { MetricRole } from '../signal/series.ts';
import { metricRoles } from '../signal/series.ts';
import type { MetricDetector } from './metric-detector.ts';
import { robustDetector } from './robust-detector.ts';
import { toleranceOf } from './role-tolerance.ts';

const byRole = new Map(metricRoles.map((role) => [role, robustDetector(toleranceOf[role])]));

/** The detector of series of a role; all share one version and one length of state. */
export function detectorFor(role: MetricRole): MetricDetector {
  const detector = byRole.get(role);
  if (detector === undefined) throw new RangeError(`no detector for role ${role}`);
  return detector;
}

export const detectorVersion = detectorFor('other').version;
export const detectorStateLength = detectorFor('other').stateLength;
