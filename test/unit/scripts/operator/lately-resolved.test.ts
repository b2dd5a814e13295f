import { describe, expect, it } from 'vitest';
import { manualClock } from '../../../../lambdas/adapters/memory/clock.ts';
import { countingIds } from '../../../../lambdas/adapters/memory/ids.ts';
import type { Incident } from '../../../../lambdas/domain/incident/incident.ts';
import { serviceNames } from '../../../../lambdas/workload/physics/services.ts';
import { latelyResolved } from '../../../../scripts/operator/lately-resolved.ts';
import { drawAnySoonHurting } from '../../../../scripts/operator/soon-hurting.ts';
import { openIncident } from '../../../support/record-examples.ts';

const minute = 60_000;
const now = Date.UTC(2030, 0, 1);
const ids = countingIds(manualClock(now));
const resolved = (service: string, minutesAgo: number): Incident =>
  openIncident(ids.incident(), service, now - (minutesAgo + 5) * minute, {
    state: 'resolved',
    closedAt: now - minutesAgo * minute,
  });
const holding = (...incidents: readonly Incident[]) => ({ listByState: async () => incidents });

describe('services that were healed a short while ago', () => {
  it('are those of the last hour, in which the same trouble anew is a relapse', async () => {
    const incidents = holding(resolved('cart', 12), resolved('search', 60), resolved('catalog', 59));
    expect([...(await latelyResolved(incidents, now))].sort()).toEqual(['cart', 'catalog']);
  });

  it('are spared by the fault that is drawn, while there are others', () => {
    const first = drawAnySoonHurting(27, now);
    const second = drawAnySoonHurting(27, now, new Set([first.service]));
    expect(second.service).not.toBe(first.service);
    expect(drawAnySoonHurting(27, now, new Set(serviceNames))).toEqual(first);
  });
});
