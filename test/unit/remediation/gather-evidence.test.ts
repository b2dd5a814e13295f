import { describe, expect, it } from 'vitest';
import { memoryTelemetry } from '../../../lambdas/adapters/memory/telemetry.ts';
import { evidenceBundleSchema } from '../../../lambdas/domain/diagnosis/evidence.ts';
import type { Telemetry } from '../../../lambdas/ports/telemetry.ts';
import { createGatherEvidence } from '../../../lambdas/remediation/gather-evidence.ts';
import { logLine } from '../../support/log-lines.ts';
import { remediationWorld } from '../../support/remediation-world.ts';

type Asked = Parameters<Telemetry['readLogs']>[0];

/** Gathers from logs that could be read back to so many milliseconds before the end of what was asked for. */
const gathered = async (reach: (request: Asked) => number, cut: 'limited' | 'late') => {
  const world = remediationWorld();
  await world.begin('open');
  const asked: Asked[] = [];
  const telemetry: Telemetry = {
    ...memoryTelemetry(),
    readLogs: async (request) => {
      asked.push(request);
      const { service, from, to } = request;
      const readFrom = Math.max(from, to - reach(request));
      const lines = readFrom < to ? [logLine(to - 1000, 'ERROR disk full', service)] : [];
      return { lines, readFrom, end: readFrom === from ? 'all' : cut };
    },
  };
  await world.archive.put((await world.present()).yardstickKey, '[]');
  world.clock.pass(120);
  const gather = createGatherEvidence({ ...world, telemetry }, { scanIntervalSeconds: 5, settlingSeconds: 2 });
  const { outcome, evidenceKey } = await gather(world.input);
  const bundle = evidenceBundleSchema.parse(JSON.parse((await world.archive.get(evidenceKey ?? '')) ?? 'null'));
  const flooded = bundle.findings.filter(({ kinds }) => kinds.includes('flood')).map(({ service }) => service);
  return {
    outcome,
    asked,
    flooded,
    unread: bundle.unread,
    services: bundle.items.flatMap((item) => (item.type === 'log' ? item.service : [])),
  };
};

describe('gathering evidence', () => {
  it('freezes nothing of what has only just begun while it would leave a person to guess', async () => {
    const world = remediationWorld();
    await world.begin('open');
    await world.archive.put((await world.present()).yardstickKey, '[]');
    const gather = createGatherEvidence(
      { ...world, telemetry: memoryTelemetry() },
      { scanIntervalSeconds: 5, settlingSeconds: 2 },
    );
    const { openedAt } = await world.present();
    world.clock.pass((openedAt - world.clock.now()) / 1000 + 59);
    const early = await gather(world.input);
    expect(early).toEqual({ outcome: 'unclear', evidenceKey: null });
    expect((await world.present()).state).toBe('open');
    expect((await world.archive.list('')).filter((key) => key.includes('evidence'))).toEqual([]);

    world.clock.pass(1);
    expect(await gather(world.input)).toMatchObject({ outcome: 'gathered' });
    expect((await world.present()).state).toBe('diagnosing');
  });

  it('gives logs less time than it has, and those in trouble their turn first', async () => {
    const { asked, flooded } = await gathered(({ from, to }) => to - from, 'late');
    expect(asked[0]?.service).toBe('middle');
    expect(Math.max(...asked.map(({ withinMilliseconds }) => withinMilliseconds))).toBeLessThan(60_000);
    expect(flooded).toEqual([]);
  });

  const partly = ({ service }: Asked) => (service === 'middle' ? 10_000 : service === 'store' ? 0 : 3_600_000);

  it('comes through with what was read of slow logs, and says whose were not read', async () => {
    const { outcome, flooded, unread, services } = await gathered(partly, 'late');
    expect(outcome).toBe('gathered');
    expect(unread.toSorted()).toEqual(['middle', 'store']);
    expect(flooded).toEqual([]);
    expect(services.toSorted()).toEqual(['front', 'middle']);
  });

  it('takes logs with more lines than are read for flooded', async () => {
    const { flooded, unread } = await gathered(partly, 'limited');
    expect(flooded.toSorted()).toEqual(['middle', 'store']);
    expect(unread).toEqual([]);
  });
});
