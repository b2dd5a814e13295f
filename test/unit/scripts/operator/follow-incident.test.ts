import { describe, expect, it } from 'vitest';
import { memoryArchive } from '../../../../lambdas/adapters/memory/archive.ts';
import { manualClock } from '../../../../lambdas/adapters/memory/clock.ts';
import { memoryIncidents } from '../../../../lambdas/adapters/memory/incidents.ts';
import { memoryRecords } from '../../../../lambdas/adapters/memory/records.ts';
import { memoryTransitions } from '../../../../lambdas/adapters/memory/transitions.ts';
import { incidentIdSchema, serviceNameSchema } from '../../../../lambdas/domain/ids.ts';
import { findIncident } from '../../../../scripts/operator/find-incident.ts';
import { followIncident } from '../../../../scripts/operator/follow-incident.ts';
import { anIncident } from '../view/an-incident.ts';

const start = Date.UTC(2030, 0, 1);

const incidentOf = (letter: string, service: string, openedAt: number) => ({
  ...anIncident().incident,
  id: incidentIdSchema.parse(`01J000000000000000000000${letter}${letter}`),
  state: 'open' as const,
  version: 1,
  service: serviceNameSchema.parse(service),
  services: [serviceNameSchema.parse(service)],
  openedAt,
  closedAt: null,
  evidenceKey: null,
});

const place = () => {
  const records = memoryRecords();
  return {
    clock: manualClock(start),
    archive: memoryArchive(),
    incidents: memoryIncidents(records),
    transitions: memoryTransitions(records),
  };
};

describe('following a trouble', () => {
  const request = {
    since: start,
    services: new Set(['cart', 'checkout']),
    until: start + 60_000,
    everyMilliseconds: 1000,
  };

  it('waits for the incident that names the service or a caller, and ends with it', async () => {
    const here = place();
    let looks = 0;
    const pause = async () => {
      here.clock.pass(1);
      looks += 1;
      if (looks === 1) await here.transitions.open(incidentOf('A', 'search', start + 1), [], 'detector');
      if (looks === 2) await here.transitions.open(incidentOf('B', 'checkout', start + 2), [], 'detector');
      const incident = looks === 3 ? await here.incidents.get(incidentOf('B', 'checkout', 0).id) : null;
      if (incident !== null)
        await here.transitions.move({ incident, to: 'resolved', at: here.clock.now(), actor: 'test', message: 'done' });
    };
    const seen: (string | null)[] = [];
    for await (const record of followIncident({ ...here, pause }, request)) seen.push(record?.incident.state ?? null);
    expect(seen).toEqual([null, null, 'open', 'resolved']);
  });

  it('leaves out what opened before, and gives up at its limit', async () => {
    const here = place();
    await here.transitions.open(incidentOf('A', 'checkout', start - 1), [], 'detector');
    const pause = async () => here.clock.pass(20);
    const seen: unknown[] = [];
    for await (const record of followIncident({ ...here, pause }, request)) seen.push(record);
    expect(seen).toEqual([null, null, null, null]);
  });
});

describe('finding an incident', () => {
  it('knows it by its id, by `last`, or by either end of the id', async () => {
    const { incidents, transitions } = place();
    const older = incidentOf('A', 'cart', start);
    const newer = incidentOf('B', 'search', start + 5);
    await transitions.open(older, [], 'detector');
    await transitions.open(newer, [], 'detector');
    expect(await findIncident(incidents, 'last')).toBe(newer.id);
    expect(await findIncident(incidents, 'aa')).toBe(older.id);
    expect(await findIncident(incidents, older.id.toLowerCase())).toBe(older.id);
    await expect(findIncident(incidents, '01J')).rejects.toThrow('fits 2 incidents');
    await expect(findIncident(incidents, 'zz')).rejects.toThrow("No incident fits 'zz'");
    await expect(findIncident(incidents, '01J00000000000000000000000')).rejects.toThrow('There is no incident');
  });
});
