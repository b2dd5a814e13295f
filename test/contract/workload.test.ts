import { beforeAll, describe, expect, inject, it } from 'vitest';
import { cloudWatchTelemetry } from '../../lambdas/adapters/aws/cloud-watch-telemetry.ts';
import { dynamoLeases } from '../../lambdas/adapters/aws/dynamo/leases.ts';
import { resourceNames } from '../../lambdas/contract/stage.ts';
import { serviceNameSchema } from '../../lambdas/domain/ids.ts';
import { faultTable } from '../../lambdas/workload/cloud/fault-table.ts';
import { fleetLease } from '../../lambdas/workload/cloud/fleet-lease.ts';
import { fleetPublisher } from '../../lambdas/workload/cloud/fleet-publisher.ts';
import { fleetTable } from '../../lambdas/workload/cloud/fleet-table.ts';
import { operationTable } from '../../lambdas/workload/cloud/operation-table.ts';
import type { ActiveFault } from '../../lambdas/workload/faults/definition.ts';
import { loadCatalogue } from '../../lambdas/workload/faults/load-catalogue.ts';
import { advance, initialFleet } from '../../lambdas/workload/fleet.ts';
import { makeHistory } from '../../lambdas/workload/history.ts';
import { injectFault } from '../../lambdas/workload/inject-fault.ts';
import { operateFleet } from '../../lambdas/workload/operate-fleet.ts';
import { AwsCloud } from '../support/aws-cloud.ts';

const cloud = new AwsCloud(inject('endpoint'));
const { table } = resourceNames(cloud.stage);
const now = Math.floor(Date.now() / 300_000) * 300_000;

beforeAll(() => cloud.makeTables('fleet', 'faults'));

describe('the stored shop', () => {
  const store = fleetTable(cloud.dynamo, table('fleet'));
  const state = initialFleet({ seed: 1, at: now });
  const fleet = { state, runsUntil: now + 1000, stopped: false };

  it('comes back as it was saved, and is saved over by nobody who read another one', async () => {
    expect(await store.load()).toBeNull();
    expect(await store.save(fleet, { before: null, fence: 3 })).toBe(true);
    expect(await store.load()).toEqual(fleet);
    expect(await store.save(fleet, { before: null, fence: 3 })).toBe(false);
    expect(await store.save(fleet, { before: now - 5000, fence: 3 })).toBe(false);
  });

  it('is saved over by nobody with an older fence', async () => {
    const next = { ...fleet, state: advance(state, now + 5000, { faults: [], operations: [] }).state };
    expect(await store.save(next, { before: now, fence: 2 })).toBe(false);
    expect(await store.save(next, { before: now, fence: 4 })).toBe(true);
    expect(await store.load()).toEqual(next);
  });
});

describe('the lease of the simulation', () => {
  const leases = dynamoLeases(cloud.dynamo, table('fleet'));
  const take = (codeVersion: string, invocation: string, beginning = true) =>
    fleetLease(leases, { codeVersion, invocation }, () => now).take({ beginning, seconds: 30 });

  it('is kept from the same code and handed to newer code that begins', async () => {
    expect(await take('v1', 'a')).toBe(1);
    expect(await take('v1', 'b')).toBeNull();
    expect(await take('v2', 'c', false)).toBeNull();
    expect(await take('v2', 'c')).toBe(2);
    expect(await take('v1', 'a', false)).toBeNull();
  });

  it('is free after its release', async () => {
    await fleetLease(leases, { codeVersion: 'v2', invocation: 'c' }, () => now).release();
    expect(await take('v2', 'd')).toBe(3);
  });
});

describe('operations', () => {
  const operations = operationTable(cloud.dynamo, table('fleet'));
  const operation = { type: 'restartService' as const, service: serviceNameSchema.parse('cart') };
  const operate = operateFleet({ operations, loadState: async () => null, now: () => now });
  const request = { action: 'operate' as const, key: 'incident#1#0', operation };

  it('wait until the simulation has begun them, and are never asked for twice', async () => {
    expect(await operate(request)).toEqual({ state: 'pending', key: request.key });
    await operate(request);
    const waiting = await operations.waiting();
    expect(waiting).toEqual([{ key: request.key, operation, at: now }]);
    await operations.begun(waiting);
    await operate(request);
    expect(await operations.waiting()).toEqual([]);
  });
});

describe('faults', () => {
  const faults = faultTable(cloud.dynamo, table('faults'));
  const [definition] = loadCatalogue();
  if (definition === undefined) throw new Error('the catalogue is empty');
  const [service] = definition.services;
  if (service === undefined) throw new Error('the fault strikes nothing');
  let time = now;
  let ids = 0;
  const inject = injectFault({
    faults,
    now: () => time,
    nextId: () => {
      ids += 1;
      return `fault-${ids}`;
    },
  });
  const request = (forSeconds: number | null) => ({
    action: 'inject' as const,
    definition,
    service,
    instance: null,
    severity: 0.8,
    forSeconds,
    seed: 7,
  });
  const active = async (): Promise<readonly ActiveFault[]> => faults.active(time);

  it('are at work from their injection, one on a service', async () => {
    expect(await inject(request(null))).toMatchObject({ outcome: 'injected', fault: { id: 'fault-1', service } });
    expect(await inject(request(null))).toMatchObject({ outcome: 'refused', reason: expect.stringContaining(service) });
    expect(await inject({ action: 'list' })).toMatchObject({ outcome: 'listed', faults: [{ id: 'fault-1' }] });
    expect(await active()).toHaveLength(1);
  });

  it('end when they are cleared', async () => {
    expect(await inject({ action: 'clear', service: null })).toMatchObject({ outcome: 'cleared' });
    expect(await active()).toEqual([]);
  });

  it('end at their own time, and make room', async () => {
    expect(await inject(request(60))).toMatchObject({ outcome: 'injected' });
    time += 59_000;
    expect(await inject(request(60))).toMatchObject({ outcome: 'refused' });
    time += 1_000;
    expect(await active()).toEqual([]);
    expect(await inject(request(null))).toMatchObject({ outcome: 'injected' });
  });

  it('strike only what they can', async () => {
    const other = { ...definition, services: definition.services.filter((name) => name !== service) };
    expect(await inject({ ...request(null), definition: other })).toMatchObject({
      outcome: 'refused',
      reason: expect.stringContaining('cannot strike'),
    });
  });
});

describe('what the shop publishes', () => {
  const telemetry = cloudWatchTelemetry(cloud, cloud.stage, {
    KINTSUGI_WATCH_NAMESPACES: [],
    KINTSUGI_WATCH_DIMENSIONS: [],
    KINTSUGI_WATCH_TAGS: [],
    KINTSUGI_WATCH_LIMITS: [],
  });
  const publisher = fleetPublisher(cloud, { stage: cloud.stage, stepSeconds: 5 });
  const to = now - 300_000;
  const history = makeHistory(
    { seed: 1, to, stepSeconds: 5 },
    { coarsePeriodSeconds: 300, coarsePoints: 'whole', coarseSeconds: 3600, fineSeconds: 600, logSeconds: 600 },
  );
  const live = advance(history.state, to + 10_000, { faults: [], operations: [] });

  beforeAll(async () => {
    await publisher.publishHistory(history);
    await publisher.publish(live.published);
    // LocalStack takes some hundred points a second.
  }, 180_000);

  it('is what the responder reads', async () => {
    const series = await telemetry.listSeries();
    expect(series).toHaveLength(history.series.length);
    const requests = series.filter(
      ({ metric, service, instance }) => metric === 'RequestCount' && service === 'edge-gateway' && instance === null,
    );
    const samples = await telemetry.readSamples({ series: requests, from: to - 600_000, to: to, periodSeconds: 5 });
    const published = history.series
      .flat()
      .filter(
        ({ metric, service, instance }) => metric === 'RequestCount' && service === 'edge-gateway' && instance === null,
      )
      .filter(({ at }) => at >= to - 600_000)
      .map(({ at, value }) => ({ at, value }));
    expect([...samples.values()]).toEqual([published]);
  });

  it('counts heartbeats by their samples', async () => {
    const beats = (await telemetry.listSeries()).filter(({ role }) => role === 'heartbeat').slice(0, 1);
    const samples = await telemetry.readSamples({ series: beats, from: to - 60_000, to, periodSeconds: 60 });
    expect([...samples.values()].flat()).toEqual([{ at: to - 60_000, value: 12 }]);
  });

  it('has its lines and changes where they are looked for', async () => {
    const [line] = history.logs.filter(({ instance }) => instance !== null);
    if (line === undefined) throw new Error('nothing was logged');
    const interval = { from: line.at, to: line.at + 1 };
    const request = { service: line.service, ...interval, limit: 100, withinMilliseconds: 5000 };
    expect((await telemetry.readLogs(request)).lines).toContainEqual(line);
    const changes = await telemetry.readChanges({ from: to - 4 * 3_600_000, to });
    expect(changes).toEqual(history.changes.toSorted((one, other) => one.at - other.at));
  });
});
