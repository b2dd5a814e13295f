import { beforeEach, describe, expect, it } from 'vitest';
import { countingIds } from '../../lambdas/adapters/memory/ids.ts';
import { type Mute, type MuteAudit, muteSchema } from '../../lambdas/domain/mute/mute.ts';
import type { Mutes } from '../../lambdas/ports/mutes.ts';

const now = Date.UTC(2026, 2, 3, 10);
const ids = countingIds({ now: () => now });

/** What every Mutes must do. Stores may be shared, so each test looks at its own mute only. */
export const describeMutes = (kind: string, make: () => Promise<Mutes>): void => {
  describe(`mutes: ${kind}`, () => {
    let mutes: Mutes;
    let mute: Mute;
    beforeEach(async () => {
      mutes = await make();
      mute = muteSchema.parse({
        id: ids.next(),
        why: 'mute',
        scope: { of: 'service', service: 'checkout' },
        from: now,
        until: now + 3_600_000,
        reason: 'a load test',
        by: 'someone',
        madeAt: now,
      });
    });
    const line = (did: MuteAudit['did'], at: number): MuteAudit => ({
      at,
      by: 'someone',
      did,
      muteId: mute.id,
      message: 'a load test',
    });
    const own = async (at: number) => (await mutes.list(at)).filter(({ id }) => id === mute.id);
    const audit = async () => (await mutes.audit()).filter(({ muteId }) => muteId === mute.id);

    it('is listed as it was made until it runs out, by the row itself', async () => {
      await mutes.add(mute, line('muted', now));
      expect(await own(now)).toEqual([mute]);
      expect(await own(mute.until - 1)).toEqual([mute]);
      expect(await own(mute.until)).toEqual([]);
    });

    it('is listed before it begins', async () => {
      const later = { ...mute, from: now + 60_000 };
      await mutes.add(later, line('muted', now));
      expect(await own(now)).toEqual([later]);
    });

    it('ends when it is told to, once', async () => {
      await mutes.add(mute, line('muted', now));
      expect(await mutes.end(mute.id, line('unmuted', now + 1000))).toBe(true);
      expect(await own(now + 1000)).toEqual([]);
      expect(await mutes.end(mute.id, line('unmuted', now + 2000))).toBe(false);
    });

    it('says so when there is none to end', async () => {
      expect(await mutes.end(ids.next(), line('unmuted', now))).toBe(false);
      expect(await audit()).toEqual([]);
    });

    it('keeps who did what, oldest first, and only what was done', async () => {
      await mutes.add(mute, line('muted', now));
      await mutes.end(mute.id, line('unmuted', now + 1000));
      await mutes.end(mute.id, line('unmuted', now + 2000));
      expect(await audit()).toEqual([line('muted', now), line('unmuted', now + 1000)]);
    });

    it('keeps each kind of scope', async () => {
      const scopes: Mute['scope'][] = [
        { of: 'workload' },
        muteSchema.shape.scope.parse({ of: 'series', series: 'Shop|LatencyP95|Service=checkout|Average' }),
        muteSchema.shape.scope.parse({
          of: 'incident',
          incidentId: ids.incident(),
          family: 'checkout:cpu',
          fingerprints: ['one#above'],
        }),
      ];
      for (const scope of scopes) {
        await mutes.add({ ...mute, scope }, line('muted', now));
        expect((await own(now))[0]?.scope).toEqual(scope);
      }
    });
  });
};
