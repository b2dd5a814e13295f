import { describe, expect, test } from 'vitest';
import { type Operation, type OperationStatus, operationSchema } from '../../../../lambdas/contract/target-api.ts';
import { advance, describeFleet, type FleetState } from '../../../../lambdas/workload/fleet.ts';
import { fleetAt, idle, minutes, requested, run } from '../support.ts';

const parse = (operation: object): Operation => operationSchema.parse(operation);

const serviceOf = (state: FleetState, name: string) => {
  const found = describeFleet(state).services.find((service) => String(service.name) === name);
  if (found === undefined) throw new Error(`no ${name}`);
  return found;
};

/** Runs one operation to its end; how it ended and how long it took. */
function carryOut(state: FleetState, operation: Operation) {
  const inputs = { faults: [], operations: requested([operation], state.at) };
  let now = state;
  let status: OperationStatus | undefined;
  while (now.at < state.at + minutes(11)) {
    const next = advance(now, now.at + 5000, inputs, 'changes');
    now = next.state;
    status = next.operations[0];
    if (status?.state !== 'pending') break;
  }
  if (status === undefined) throw new Error('the operation is unknown');
  return { state: now, status, seconds: (now.at - state.at) / 1000 };
}

const calm = fleetAt();
const version = serviceOf(calm, 'search').previousVersions[0] ?? '';
const revision = serviceOf(calm, 'search').previousConfigRevisions[0] ?? '';

describe('durations are those of real platforms', () => {
  const cases: readonly (readonly [object, number, number])[] = [
    [{ type: 'restartInstance', service: 'cart', instance: 'cart-a1' }, 15, 45],
    [{ type: 'replaceInstance', service: 'cart', instance: 'cart-a1' }, 40, 95],
    [{ type: 'restartService', service: 'checkout' }, 45, 140],
    [{ type: 'setInstanceCount', service: 'checkout', count: 6 }, 40, 90],
    [{ type: 'deployVersion', service: 'search', version }, 20, 110],
    [{ type: 'applyConfig', service: 'search', revision }, 5, 60],
    [{ type: 'rotateLogs', service: 'cart' }, 5, 15],
    [{ type: 'flushCache', service: 'catalog' }, 5, 10],
    [{ type: 'pauseJob', service: 'search', job: 'reindex' }, 5, 10],
    [{ type: 'drainZone', service: 'catalog', zone: 'a' }, 40, 95],
    [{ type: 'failOverDependency', service: 'payments', dependency: 'orders-db' }, 5, 25],
    [{ type: 'rotateCredential', service: 'payments' }, 5, 25],
    [{ type: 'expandVolume', service: 'orders-db', gigabytes: 50 }, 20, 65],
  ];
  test.each(cases)('%o', (operation, low, high) => {
    const { status, seconds } = carryOut(calm, parse(operation));
    expect(status.state).toBe('done');
    expect(seconds).toBeGreaterThanOrEqual(low);
    expect(seconds).toBeLessThanOrEqual(high);
  });
});

describe('desired configuration', () => {
  const pairs: readonly (readonly [string, object, object])[] = [
    [
      'instanceCount',
      { type: 'setInstanceCount', service: 'search', count: 5 },
      { type: 'setInstanceCount', service: 'search', count: 4 },
    ],
    [
      'cacheLimitMegabytes',
      { type: 'setCacheLimit', service: 'search', megabytes: 90 },
      { type: 'setCacheLimit', service: 'search', megabytes: null },
    ],
    [
      'pausedJobs',
      { type: 'pauseJob', service: 'search', job: 'reindex' },
      { type: 'resumeJob', service: 'search', job: 'reindex' },
    ],
    [
      'drainedZones',
      { type: 'drainZone', service: 'search', zone: 'b' },
      { type: 'restoreZone', service: 'search', zone: 'b' },
    ],
    [
      'admittedShare',
      { type: 'setAdmittedShare', service: 'search', share: 0.5 },
      { type: 'setAdmittedShare', service: 'search', share: 1 },
    ],
    [
      'failedOverDependencies',
      { type: 'failOverDependency', service: 'cart', dependency: 'session-cache' },
      { type: 'failBackDependency', service: 'cart', dependency: 'session-cache' },
    ],
    [
      'quarantinedMessages',
      { type: 'quarantineMessage', service: 'orders-worker', message: 'ord-1a2b3c4d' },
      { type: 'releaseMessage', service: 'orders-worker', message: 'ord-1a2b3c4d' },
    ],
  ];
  test.each(pairs)('%s is told before and after, and can be put back', (field, operation, undo) => {
    const forth = parse(operation);
    const before = serviceOf(calm, String(forth.service)).desired;
    const done = carryOut(calm, forth);
    const changed = serviceOf(done.state, String(forth.service)).desired;
    expect(changed).not.toEqual(before);
    expect(done.status).toMatchObject({ state: 'done' });
    if (done.status.state !== 'done') return;
    expect(Object.keys(done.status.after)).toEqual([field]);
    expect({ ...before, ...done.status.before }).toEqual(before);
    expect({ ...before, ...done.status.after }).toEqual(changed);
    const restored = run(done.state, 4, {
      faults: [],
      operations: [{ key: 'undo', operation: parse(undo), at: done.state.at }],
    });
    expect(restored.operations.map((status) => status.state)).toEqual(['done', 'done']);
    const back = serviceOf(restored.state, String(forth.service)).desired;
    expect(field === 'instanceCount' ? { ...back, instanceCount: before.instanceCount } : back).toEqual(before);
  });

  test('a version and a revision can be gone back to, and forth again', () => {
    const rolled = carryOut(calm, parse({ type: 'deployVersion', service: 'search', version }));
    const after = serviceOf(rolled.state, 'search');
    expect(after.desired.version).toBe(version);
    expect(after.instances.every((instance) => instance.version === version)).toBe(true);
    expect(after.previousVersions[0]).toBe(serviceOf(calm, 'search').desired.version);
    const configured = carryOut(calm, parse({ type: 'applyConfig', service: 'search', revision }));
    expect(serviceOf(configured.state, 'search').desired.configRevision).toBe(revision);
  });

  test('a transient operation changes no field of it', () => {
    const { status } = carryOut(calm, parse({ type: 'recycleConnections', service: 'payments' }));
    expect(status).toMatchObject({ state: 'done', before: {}, after: {} });
  });
});

describe('what an operation does', () => {
  test('a kept copy can be put back until it is let go', () => {
    const rotated = carryOut(calm, parse({ type: 'rotateLogs', service: 'cart' })).state;
    const discarded = run(rotated, 1, {
      faults: [],
      operations: [{ key: 'let-go', operation: parse({ type: 'discardLogCopies', service: 'cart' }), at: rotated.at }],
    }).state;
    const logs = (state: FleetState) =>
      state.services
        .flatMap((service) => (service.name === 'cart' ? service.instances : []))
        .map((one) => one.logGigabytes);
    const restore = (state: FleetState) =>
      run(state, 1, {
        faults: [],
        operations: [{ key: 'restore', operation: parse({ type: 'restoreLogs', service: 'cart' }), at: state.at }],
      }).state;
    expect(Math.min(...logs(restore(rotated)))).toBeGreaterThan(Math.max(...logs(rotated)) + 0.1);
    expect(Math.max(...logs(restore(discarded)))).toBeLessThan(Math.max(...logs(discarded)) + 0.1);
  });

  test('a restart takes the instance out for its time, without a heartbeat, and comes back cold', () => {
    const operations = requested([parse({ type: 'restartInstance', service: 'cart', instance: 'cart-a1' })], calm.at);
    const { state, published } = advance(calm, calm.at + 10_000, { faults: [], operations });
    expect(serviceOf(state, 'cart').instances[0]?.state).toBe('starting');
    const beats = published.metrics.filter((m) => m.metric === 'Heartbeat' && m.service === 'cart');
    expect(beats.map((m) => m.instance)).toEqual(['cart-b1']);
    const up = advance(state, calm.at + 50_000, { faults: [], operations });
    expect(serviceOf(up.state, 'cart').instances[0]?.state).toBe('running');
    const counted = advance(calm, calm.at + 60_000, { faults: [], operations }).published.metrics;
    expect(counted.find((m) => m.metric === 'RestartCount' && m.instance === 'cart-a1')?.value).toBe(1);
    expect(counted.find((m) => m.metric === 'RestartCount' && m.instance === 'cart-b1')?.value).toBe(0);
  });

  test('the same key never acts twice, however often it is asked for', () => {
    const operation = parse({ type: 'expandVolume', service: 'orders-db', gigabytes: 50 });
    const operations = requested([operation], calm.at);
    let state = calm;
    for (let round = 0; round < 40; round += 1) {
      state = advance(state, state.at + 10_000, { faults: [], operations }, 'changes').state;
    }
    expect(serviceOf(state, 'orders-db').desired.volumeGigabytes).toBe(250);
    const other = requested([operation], state.at).map((request) => ({ ...request, key: 'another' }));
    const more = run(state, 2, { faults: [], operations: [...operations, ...other] });
    expect(serviceOf(more.state, 'orders-db').desired.volumeGigabytes).toBe(300);
  });

  test('an operation that was forgotten after hundreds of others is still not done again', () => {
    let state = calm;
    const first = requested([parse({ type: 'expandVolume', service: 'orders-db', gigabytes: 50 })], calm.at);
    state = run(state, 2, { faults: [], operations: first }).state;
    const many = Array.from({ length: 260 }, (_, index) => ({
      key: `many-${index}`,
      operation: parse({ type: 'setAdmittedShare', service: 'notifications', share: 1 }),
      at: state.at,
    }));
    state = run(state, 2, { faults: [], operations: many }).state;
    expect(state.operations.some((record) => record.key === 'act-0')).toBe(false);
    state = run(state, 2, { faults: [], operations: first }).state;
    expect(serviceOf(state, 'orders-db').desired.volumeGigabytes).toBe(250);
    expect(JSON.stringify(state).length).toBeLessThan(250_000);
  });

  test('an operation of the future waits for its moment', () => {
    const operations = requested([parse({ type: 'flushCache', service: 'catalog' })], calm.at + minutes(1));
    expect(advance(calm, calm.at + minutes(1), { faults: [], operations }).operations).toEqual([]);
    expect(advance(calm, calm.at + minutes(2), { faults: [], operations }).operations).toHaveLength(1);
  });

  const impossible: readonly (readonly [object, RegExp])[] = [
    [{ type: 'restartService', service: 'warehouse' }, /no service warehouse/],
    [{ type: 'restartInstance', service: 'cart', instance: 'cart-z9' }, /no instance cart-z9/],
    [{ type: 'deployVersion', service: 'cart', version: 'v999' }, /never ran version v999/],
    [{ type: 'applyConfig', service: 'cart', revision: 'cfg-x' }, /never had configuration cfg-x/],
    [{ type: 'pauseJob', service: 'cart', job: 'reindex' }, /has no job reindex/],
    [{ type: 'flushCache', service: 'payments' }, /has no cache/],
    [{ type: 'recycleConnections', service: 'search' }, /no connection pool/],
    [{ type: 'quarantineMessage', service: 'cart', message: 'm' }, /no messages from a queue/],
    [{ type: 'drainZone', service: 'cart', zone: 'q' }, /no zone q/],
    [{ type: 'failOverDependency', service: 'cart', dependency: 'payments' }, /does not call payments/],
    [{ type: 'failOverDependency', service: 'checkout', dependency: 'inventory' }, /no standby/],
  ];
  test.each(impossible)('%o is refused with a reason', (operation, reason) => {
    const { status } = carryOut(calm, parse(operation));
    expect(status).toMatchObject({ state: 'failed', reason: expect.stringMatching(reason) });
  });

  test('the last zone in use cannot be drained', () => {
    const { state } = carryOut(calm, parse({ type: 'drainZone', service: 'cart', zone: 'a' }));
    const again = { key: 'second', operation: parse({ type: 'drainZone', service: 'cart', zone: 'b' }), at: state.at };
    const { operations } = run(state, 1, { faults: [], operations: [again] });
    expect(operations[1]).toMatchObject({ state: 'failed', reason: expect.stringMatching(/last one in use/) });
    expect(
      serviceOf(state, 'cart').instances.every((instance) => instance.zone === 'b' || instance.state === 'stopping'),
    ).toBe(true);
  });

  test('dropping nearly all traffic hurts customers, however clean the few answers are', () => {
    const operations = requested([parse({ type: 'setAdmittedShare', service: 'edge-gateway', share: 0.05 })], calm.at);
    expect(run(calm, 3, { faults: [], operations }).truth.hurting).toBe(true);
    expect(run(calm, 3, idle).truth.hurting).toBe(false);
  });
});
