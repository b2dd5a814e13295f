import { describe, expect, it } from 'vitest';
import { overviewName } from '../../../lambdas/detection/detect-anomalies.ts';
import { budgetForecasts } from '../../../lambdas/domain/anomaly/budget-standing.ts';
import { emptyOverview } from '../../../lambdas/domain/anomaly/overview.ts';
import { decodeOverview } from '../../../lambdas/domain/anomaly/overview-body.ts';
import type { Incident } from '../../../lambdas/domain/incident/incident.ts';
import type { Telemetry } from '../../../lambdas/ports/telemetry.ts';
import { createVerify } from '../../../lambdas/remediation/verify.ts';
import { objective } from '../../support/budget-examples.ts';
import { service } from '../../support/detection-examples.ts';
import { detectionWorld, healthy, incidentsOf, type Reading } from '../../support/detection-world.ts';
import { restartAction } from '../../support/record-examples.ts';

const hour = 3_600_000;
const weekly = { ...objective, days: 7 };
/** Payments fail this share of their requests; four fifths of the budget in ordinary times. */
const failing =
  (share: number): Reading =>
  (name, at, instance) => {
    const well = healthy(name, at, instance);
    const requests = well['RequestCount'] ?? 0;
    const wobble = (((at / 5000) * 7919) % 101) / 100 + 0.5;
    return name === 'payments' && instance === null ? { ...well, ErrorCount: requests * share * wobble } : well;
  };
const usual = failing(0.004);
const burning = failing(0.015);

/** Nine days, coarse but for the last hour and a half, of which the budget burns in the last hours. */
function worldWithPast({ objectives = [weekly], burnsFor = 7 * hour } = {}) {
  const world = detectionWorld({ objectives });
  const reading: Reading = (...of) => (of[1] < world.start - burnsFor ? usual : burning)(...of);
  const fineFrom = world.start - 1.5 * hour;
  for (let at = world.start - 9.2 * 24 * hour; at < fineFrom; at += 300_000) {
    world.publish(at, (name, when, instance) => {
      const once = reading(name, when, instance);
      const summed = ['RequestCount', 'ErrorCount', 'Heartbeat'];
      return Object.fromEntries(
        Object.entries(once).map(([metric, value]) => [metric, summed.includes(metric) ? 60 * value : value]),
      );
    });
  }
  for (let at = fineFrom; at < world.start; at += 5000) world.publish(at, reading);
  return world;
}

async function predictedWorld() {
  const world = worldWithPast();
  await world.live(720, burning);
  const [incident] = incidentsOf(world);
  if (incident === undefined) throw new Error('nothing was foretold');
  return { world, incident };
}

/** A person has it, and its service is let go. */
async function escalate({ ports, clock }: ReturnType<typeof detectionWorld>, incident: Incident) {
  const at = clock.now();
  await ports.transitions.move({
    incident,
    to: 'escalated',
    at,
    actor: 'test',
    message: 'x',
    change: { closedAt: at },
  });
  await ports.transitions.unlock(incident);
}

/** Somebody restarts it, and it goes on so. */
async function verdictAfter(reading: Reading) {
  const { world, incident } = await predictedWorld();
  const { ports, clock } = world;
  const move = async (to: 'diagnosing' | 'remediating') => {
    const present = await ports.incidents.get(incident.id);
    if (present === null) throw new Error('it is gone');
    const change = to === 'diagnosing' ? { attempt: 1 } : {};
    await ports.transitions.move({ incident: present, to, at: clock.now(), actor: 'test', message: to, change });
  };
  await move('diagnosing');
  await move('remediating');
  await ports.transitions.intend(restartAction(incident.id, 'payments', clock.now()));
  const verify = createVerify(ports, { scanIntervalSeconds: 5, settlingSeconds: 2 });
  const verdicts: string[] = [];
  for (let minute = 0; minute < 15; minute += 1) {
    await world.live(60, reading);
    const { outcome } = await verify({ incidentId: incident.id, attempt: 1 });
    verdicts.push(outcome);
    if (outcome !== 'pending') break;
  }
  return { world, verdicts };
}

describe('error budgets', { timeout: 120_000 }, () => {
  it('are foretold to be used up by a slow burn, as one incident of the service', async () => {
    const { world, incident } = await predictedWorld();
    expect(incident).toMatchObject({
      kind: 'predicted',
      service: 'payments',
      forecast: { budget: { objective: weekly } },
    });
    expect(incident.title).toMatch(/^the error budget of payments will be used up in about \d+\.\d h/);
    expect(incidentsOf(world)).toHaveLength(1);
    expect(await world.ports.incidents.anomalies(incident.id)).toMatchObject([
      { stream: 'trend', metric: 'ErrorCount', role: 'errors' },
    ]);
  });

  it('are not foretold a second time within a day while they burn on, though the incident was left to a person', async () => {
    const { world, incident } = await predictedWorld();
    await escalate(world, incident);
    expect(await world.live(900, burning)).toEqual([]);
    const body = await world.ports.detectorState.load(overviewName, null);
    const overview = body === null || body === 'unchanged' ? null : decodeOverview(body.body);
    const { budgets } = overview ?? emptyOverview();
    expect(budgetForecasts(budgets, budgets.end)).toEqual([]);
    const dayAgo = budgets.standings.map((one) => ({ ...one, saidAt: (one.saidAt ?? 0) - 24 * hour }));
    expect(budgetForecasts({ ...budgets, standings: dayAgo }, budgets.end)).toHaveLength(1);
  });

  it('have recovered once they last at what has failed since, and are foretold no more', async () => {
    const { world, verdicts } = await verdictAfter(usual);
    expect(verdicts.at(-1)).toBe('recovered');
    expect(verdicts.length).toBeGreaterThan(5);
    const [incident] = incidentsOf(world);
    if (incident === undefined) throw new Error('it is gone');
    const at = world.clock.now();
    await world.ports.transitions.move({
      incident,
      to: 'resolved',
      at,
      actor: 'test',
      message: 'x',
      change: { closedAt: at },
    });
    await world.ports.transitions.unlock(incident);
    expect(await world.live(900, usual)).toEqual([]);
  });

  it('have not recovered while they burn on', async () => {
    const { verdicts } = await verdictAfter(burning);
    expect(verdicts.at(-1)).toBe('notRecovered');
  });

  it('that hold are not foretold, and read nothing where none is declared', async () => {
    const quiet = worldWithPast({ burnsFor: 0 });
    expect(await quiet.live(720, usual)).toEqual([]);
    expect(quiet.scanned()?.troubles).toEqual([]);

    const asked: number[] = [];
    const undeclared = worldWithPast({ objectives: [] });
    const readSamples: Telemetry['readSamples'] = (request) => {
      asked.push(request.to - request.from);
      return undeclared.telemetry.readSamples(request);
    };
    await undeclared.pass({ ...undeclared.ports, telemetry: { ...undeclared.telemetry, readSamples } });
    expect(await undeclared.live(720, burning)).toEqual([]);
    expect(Math.max(...asked)).toBeLessThanOrEqual(25 * hour);
  });

  it('of which nothing can be told are named, and keep nothing else from being watched', async () => {
    const world = detectionWorld({ objectives: [weekly, { ...weekly, service: service('nobody') }] });
    world.publishHistory();
    await world.live(60, healthy);
    expect(world.scanned()?.troubles).toEqual([
      'error budget of payments: counted for 0.1 days, and nothing is foretold before 8',
      'error budget of nobody: no series counts its requests',
    ]);
    const readSamples: Telemetry['readSamples'] = async (request) =>
      request.periodSeconds === 3600 && request.to - request.from > 100 * hour
        ? Promise.reject(new Error('throttled'))
        : world.telemetry.readSamples(request);
    world.clock.pass(300);
    const result = await world.pass({ ...world.ports, telemetry: { ...world.telemetry, readSamples } });
    expect(result).toMatchObject({
      outcome: 'scanned',
      late: [],
      troubles: ['error budget of payments: throttled', 'error budget of nobody: no series counts its requests'],
    });
  });
});
