import { describe, expect, test } from 'vitest';
import { operationSchema } from '../../../../lambdas/contract/target-api.ts';
import { advance } from '../../../../lambdas/workload/fleet.ts';
import { catalogue, cureFor, definitionOf, faultOf, fleetAt, minutes, requested, run } from '../support.ts';

const causes = catalogue.map((definition) => ({ cause: definition.cause, definition }));

/** The shop one minute after it began to be hurt. */
function hurtBy(cause: string, service?: string, severity = 0.8) {
  const state = fleetAt();
  const fault = faultOf(definitionOf(cause), state, { severity, ...(service === undefined ? {} : { service }) });
  const inputs = { faults: [fault], operations: [] };
  const hurt = run(state, 75, inputs, ({ truth }) => truth.hurting);
  expect(hurt.truth.hurting).toBe(true);
  return { fault, state: run(hurt.state, 1, inputs).state };
}

/** Share of judgements in the last five of twenty minutes that still find it hurt. */
function hurtShareAfter(state: ReturnType<typeof fleetAt>, inputs: Parameters<typeof advance>[2]): number {
  let { state: now } = run(state, 15, inputs);
  let hurt = 0;
  for (let step = 0; step < 30; step += 1) {
    const next = advance(now, now.at + 10_000, inputs, 'changes');
    now = next.state;
    if (next.truth.hurting) hurt += 1;
  }
  return hurt / 30;
}

test('the catalogue has at least 25 causes of six kinds', () => {
  expect(catalogue.length).toBeGreaterThanOrEqual(25);
  const count = (kind: string): number => catalogue.filter((definition) => definition.kind === kind).length;
  expect(['cpu', 'memory', 'disk', 'crash', 'latency', 'errors'].map(count)).toEqual([4, 4, 3, 4, 5, 5]);
});

describe.each(causes)('$cause', ({ cause, definition }) => {
  test.each([...definition.services])('hurts %s even at severity 0.3', (service) => {
    hurtBy(cause, service, 0.3);
  });

  test.each([...definition.services])(
    'on %s is healed by its cure, and not by waiting',
    { timeout: 20_000 },
    (service) => {
      const { fault, state } = hurtBy(cause, service);
      const operations = requested(cureFor(fault, state), state.at);
      const cured = run(state, 12, { faults: [fault], operations });
      expect(cured.operations.map((status) => status.state)).toEqual(operations.map(() => 'done'));
      expect(hurtShareAfter(state, { faults: [fault], operations })).toBe(0);
      expect(hurtShareAfter(state, { faults: [fault], operations: [] })).toBeGreaterThan(0.3);
    },
  );

  test('hurts within five minutes at severity 0.8 just as its file says', () => {
    const early = definition.services.every((service) =>
      [3, 14].every((hour) => {
        const state = fleetAt(Date.UTC(2026, 9, 6, hour, 0, 0));
        const fault = faultOf(definition, state, { service });
        const { truth } = run(state, 5, { faults: [fault], operations: [] }, (each) => each.truth.hurting);
        return truth.hurting;
      }),
    );
    expect(early).toBe(definition.hurtsWithinFiveMinutes);
  });
});

describe('the wrong remedy', () => {
  const wrong: readonly (readonly [string, string, object])[] = [
    ['hot-loop-deploy', 'search', { type: 'restartService', service: 'search' }],
    ['hot-loop-deploy', 'search', { type: 'setInstanceCount', service: 'search', count: 6 }],
    ['bad-deploy', 'checkout', { type: 'restartService', service: 'checkout' }],
    ['bad-flag', 'cart', { type: 'restartService', service: 'cart' }],
    ['bad-instance', 'checkout', { type: 'flushCache', service: 'search' }],
    ['expired-credential', 'payments', { type: 'restartService', service: 'payments' }],
    ['slow-dependency', 'orders-db', { type: 'restartService', service: 'orders-db' }],
    ['runaway-worker', 'catalog', { type: 'restartService', service: 'notifications' }],
    [
      'poison-message',
      'orders-worker',
      { type: 'quarantineMessage', service: 'orders-worker', message: 'ord-00000000' },
    ],
    ['poison-message', 'orders-worker', { type: 'restartService', service: 'orders-worker' }],
    ['traffic-surge', 'search', { type: 'restartService', service: 'search' }],
    ['dependency-errors', 'payments', { type: 'rotateCredential', service: 'payments' }],
    ['data-growth', 'orders-db', { type: 'rotateLogs', service: 'orders-db' }],
    ['cold-cache', 'catalog', { type: 'setInstanceCount', service: 'catalog', count: 4 }],
  ];
  test.each(wrong)('%s on %s is not healed by %o', { timeout: 20_000 }, (cause, service, operation) => {
    const { fault, state } = hurtBy(cause, service);
    const operations = requested([operationSchema.parse(operation)], state.at);
    expect(hurtShareAfter(state, { faults: [fault], operations })).toBeGreaterThan(0.5);
  });

  test('restarting a noisy host leaves it noisy, replacing it does not', { timeout: 20_000 }, () => {
    const { fault, state } = hurtBy('noisy-instance', 'checkout');
    const instance = Object.keys(state.grips[0]?.held ?? {})[0] ?? '';
    const doing = (type: string) => ({
      faults: [fault],
      operations: requested([operationSchema.parse({ type, service: 'checkout', instance })], state.at),
    });
    expect(hurtShareAfter(state, doing('restartInstance'))).toBe(1);
    expect(hurtShareAfter(state, doing('replaceInstance'))).toBe(0);
  });

  test('draining the healthy zone of a lossy link leaves all traffic on the lossy one', { timeout: 20_000 }, () => {
    const { fault, state } = hurtBy('lossy-network', 'catalog');
    const other = state.grips[0]?.tokens[0] === 'a' ? 'b' : 'a';
    const operation = operationSchema.parse({ type: 'drainZone', service: 'catalog', zone: other });
    const after = run(state, 10, { faults: [fault], operations: requested([operation], state.at) });
    const twin = run(state, 10, { faults: [fault], operations: [] });
    expect(after.truth.edgeP95Milliseconds).toBeGreaterThan(twin.truth.edgeP95Milliseconds);
  });

  test('flushing a healthy cache makes the shop slower for a while', () => {
    const state = fleetAt();
    const operation = operationSchema.parse({ type: 'flushCache', service: 'catalog' });
    const flushed = run(state, 1.5, { faults: [], operations: requested([operation], state.at) });
    const twin = run(state, 1.5, { faults: [], operations: [] });
    expect(flushed.truth.edgeP95Milliseconds).toBeGreaterThan(1.3 * twin.truth.edgeP95Milliseconds);
  });

  test('scaling out a service with a pool opens more connections at the database', () => {
    const state = fleetAt();
    const operation = operationSchema.parse({ type: 'setInstanceCount', service: 'inventory', count: 12 });
    const connections = (operations: Parameters<typeof run>[2]['operations']): number => {
      const { published } = run(state, 5, { faults: [], operations }, () => false, 'metrics');
      return (
        published.metrics.find((m) => m.metric === 'ConnectionUtilization' && m.service === 'orders-db')?.value ?? 0
      );
    };
    expect(connections(requested([operation], state.at))).toBeGreaterThan(connections([]) + 10);
  });
});

describe('what a sick service shows of itself', () => {
  const shownBy = (cause: string, service: string) => {
    const { fault, state } = hurtBy(cause, service, 1);
    const { published } = advance(state, state.at + 60_000, { faults: [fault], operations: [] });
    const value = (metric: string, of = service): number =>
      published.metrics.find((m) => m.metric === metric && m.service === of && m.instance === null)?.value ?? 0;
    const beats = published.metrics.filter((m) => m.metric === 'Heartbeat' && m.service === service);
    const said = (pattern: RegExp): boolean => published.logs.some((line) => pattern.test(line.message));
    return { value, beats, said };
  };

  test('a hung one takes no requests and gives no sign of life; its callers are refused', () => {
    const { value, beats, said } = shownBy('dependency-down', 'orders-db');
    expect(value('RequestCount')).toBe(0);
    expect(beats).toEqual([]);
    expect(value('ErrorCount', 'payments')).toBeGreaterThan(100);
    expect(said(/connection refused by orders-db/)).toBe(true);
  });

  test('a slow one is late without a busy processor, and its callers time out', () => {
    const { value, said } = shownBy('slow-dependency', 'payments');
    expect(value('LatencyP95')).toBeGreaterThan(1000);
    expect(value('TimeoutCount', 'checkout')).toBeGreaterThan(10);
    expect(said(/upstream payments timed out after 2000 ms/)).toBe(true);
  });
});

describe('time constants', () => {
  test('a leak at severity 0.8 comes to its limit within 10 to 60 min', () => {
    const state = fleetAt();
    const fault = faultOf(definitionOf('memory-leak'), state);
    const { state: full, truth } = run(state, 70, { faults: [fault], operations: [] }, (each) => each.truth.hurting);
    expect(truth.resourceNearLimit).toMatch(/ memory$/);
    const taken = full.at - fault.startedAt;
    expect(taken).toBeGreaterThan(minutes(10));
    expect(taken).toBeLessThan(minutes(60));
  });

  test('a restart clears a leak for hours, until it comes back', { timeout: 20_000 }, () => {
    const { fault, state } = hurtBy('memory-leak', 'cart');
    const inputs = { faults: [fault], operations: requested(cureFor(fault, state), state.at) };
    const later = run(
      state,
      3 * 60,
      inputs,
      ({ state: now, truth }) => now.at > state.at + minutes(3) && truth.hurting,
    );
    expect(later.truth.hurting).toBe(false);
    const back = run(later.state, 6 * 60, inputs, ({ truth }) => truth.hurting);
    expect(back.truth.resourceNearLimit).toMatch(/^cart-.* memory$/);
  });

  test('releases on top of a bad one carry it on; once it was rolled back they do not bring it again', {
    timeout: 30_000,
  }, () => {
    const { fault, state } = hurtBy('bad-deploy', 'checkout');
    const bad = state.grips[0]?.tokens[0];
    const day = 24 * 60;
    const left = run(state, day, { faults: [fault], operations: [] });
    const released = (from: typeof left) => from.state.services.find((service) => service.name === 'checkout')?.version;
    expect(released(left)).not.toBe(bad);
    expect(left.truth.hurting).toBe(true);
    const operations = requested(cureFor(fault, state), state.at);
    const rolledBack = run(state, day, { faults: [fault], operations });
    expect(released(rolledBack)).toBe(released(left));
    expect(rolledBack.truth.hurting).toBe(false);
  });

  test('a fault with an end of its own ends then', () => {
    const state = fleetAt();
    const fault = { ...faultOf(definitionOf('expired-credential'), state), endsAt: state.at + minutes(5) };
    const inputs = { faults: [fault], operations: [] };
    expect(run(state, 4, inputs).truth.hurting).toBe(true);
    expect(run(state, 8, inputs).truth.hurting).toBe(false);
  });

  test('an intermittent fault pauses and comes again', () => {
    const state = fleetAt();
    const definition = { ...definitionOf('expired-credential'), intermittent: { onSeconds: 120, offSeconds: 180 } };
    const inputs = { faults: [faultOf(definition, state)], operations: [] };
    expect(run(state, 2, inputs).truth.hurting).toBe(true);
    expect(run(state, 4.5, inputs).truth.hurting).toBe(false);
    expect(run(state, 6.5, inputs).truth.hurting).toBe(true);
  });
});
