import { describe, expect, test } from 'vitest';
import { topologySchema } from '../../../lambdas/contract/target-api.ts';
import { advance, describeFleet, initialFleet, parseFleetState } from '../../../lambdas/workload/fleet.ts';
import { serviceNames } from '../../../lambdas/workload/physics/services.ts';
import { definitionOf, faultOf, fleetAt, idle, minutes, tuesdayMorning } from './support.ts';

describe('advance', () => {
  test('the same seed and time give the same history, another seed another one', () => {
    const one = advance(fleetAt(), tuesdayMorning + minutes(5), idle);
    const again = advance(fleetAt(), tuesdayMorning + minutes(5), idle);
    expect(again).toEqual(one);
    const other = advance(fleetAt(tuesdayMorning, 4), tuesdayMorning + minutes(5), idle);
    expect(other.published.metrics).not.toEqual(one.published.metrics);
  });

  test('twelve steps of 5 s and one of 60 s are the same history', () => {
    const start = fleetAt();
    const whole = advance(start, start.at + 60_000, idle);
    let state = start;
    const logs = [];
    const requests: number[] = [];
    for (let step = 1; step <= 12; step += 1) {
      const part = advance(state, start.at + step * 5000, idle);
      state = part.state;
      logs.push(...part.published.logs);
      const edge = part.published.metrics.find((m) => m.metric === 'RequestCount' && m.service === 'edge-gateway');
      requests.push(edge?.value ?? 0);
    }
    expect(state).toEqual(whole.state);
    expect(logs).toEqual(whole.published.logs);
    const edge = whole.published.metrics.find((m) => m.metric === 'RequestCount' && m.service === 'edge-gateway');
    expect(edge?.value).toBe(requests.reduce((sum, count) => sum + count, 0));
    expect(edge?.weight).toBe(12);
  });

  test('a state that went through JSON goes on as if it had not', () => {
    const { state } = advance(fleetAt(), tuesdayMorning + minutes(3), idle);
    const json = JSON.stringify(state);
    expect(json.length).toBeLessThan(250_000);
    const stored = parseFleetState(json);
    expect(advance(stored, state.at + minutes(2), idle)).toEqual(advance(state, state.at + minutes(2), idle));
  });

  test('leaves the state it was given alone', () => {
    const state = fleetAt();
    const before = JSON.stringify(state);
    advance(state, state.at + minutes(1), idle);
    expect(JSON.stringify(state)).toBe(before);
  });

  test('how much is published changes nothing of what happens', () => {
    const state = fleetAt();
    const all = advance(state, state.at + minutes(10), idle, 'all');
    const changes = advance(state, state.at + minutes(10), idle, 'changes');
    expect(changes.state).toEqual(all.state);
    expect(changes.published.changes).toEqual(all.published.changes);
    expect(changes.published.metrics).toEqual([]);
    expect(changes.published.logs).toEqual([]);
  });

  test('two shops moved on in turns do not touch each other', () => {
    const alone = fleetAt();
    const other = fleetAt(tuesdayMorning, 8);
    const faults = [faultOf(definitionOf('traffic-surge'), other), faultOf(definitionOf('dependency-down'), other)];
    let [mine, theirs, inTurns] = [alone, other, alone];
    for (let step = 1; step <= 40; step += 1) {
      mine = advance(mine, mine.at + 5000, idle).state;
    }
    for (let step = 1; step <= 40; step += 1) {
      theirs = advance(theirs, theirs.at + 5000, { faults, operations: [] }).state;
      inTurns = advance(inTurns, inTurns.at + 5000, idle).state;
    }
    expect(inTurns).toEqual(mine);
  });

  test('refuses times off the 5 s grid and times gone by', () => {
    const state = fleetAt();
    expect(() => advance(state, state.at + 3000, idle)).toThrow(RangeError);
    expect(() => advance(state, state.at - 5000, idle)).toThrow(RangeError);
    expect(() => initialFleet({ seed: 1, at: 1234 })).toThrow(RangeError);
  });

  test('refuses a stored state that is none', () => {
    expect(() => parseFleetState('{"layout":1}')).toThrow(/services/);
  });
});

describe('what is published', () => {
  const { published } = advance(fleetAt(), tuesdayMorning + minutes(1), idle);

  test('about 350 series, each once a period', () => {
    const series = published.metrics.map((m) => `${m.metric} ${m.service} ${m.instance ?? ''}`);
    expect(new Set(series).size).toBe(series.length);
    expect(series.length).toBeGreaterThan(290);
    expect(series.length).toBeLessThan(420);
  });

  test('between 20 and 60 log lines in 5 s, JSON in some services and text in others', () => {
    expect(published.logs.length / 12).toBeGreaterThan(20);
    expect(published.logs.length / 12).toBeLessThan(60);
    const json = published.logs.filter((line) => line.message.startsWith('{'));
    for (const line of json) expect(JSON.parse(line.message)).toHaveProperty('message');
    expect(json.length).toBeGreaterThan(20);
    expect(published.logs.length - json.length).toBeGreaterThan(20);
    for (const line of published.logs) {
      expect(line.at).toBeGreaterThanOrEqual(tuesdayMorning);
      expect(line.at).toBeLessThan(tuesdayMorning + minutes(1));
    }
  });

  test('no service name is part of another, and none holds a wildcard of SQL', () => {
    for (const name of serviceNames) {
      expect(name).not.toMatch(/[_%]/);
      for (const other of serviceNames) if (other !== name) expect(other).not.toContain(name);
    }
    const ids = describeFleet(fleetAt()).services.flatMap((service) => service.instances.map((i) => i.id));
    for (const id of ids) {
      expect(id).toMatch(/-[ab]\d$/);
      for (const other of ids) if (other !== id) expect(other).not.toContain(id);
    }
  });

  test('the platform describes eleven services of two to four instances in two zones', () => {
    const topology = topologySchema.parse(describeFleet(fleetAt()));
    expect(topology.services).toHaveLength(11);
    for (const service of topology.services) {
      expect(service.instances.length).toBeGreaterThanOrEqual(2);
      expect(service.instances.length).toBeLessThanOrEqual(4);
      expect(new Set(service.instances.map((instance) => instance.zone)).size).toBe(2);
      expect(service.previousVersions.length).toBeGreaterThan(0);
      expect(service.previousVersions).not.toContain(service.desired.version);
      expect(service.previousConfigRevisions.length).toBeGreaterThan(0);
    }
  });
});

describe('a healthy day', () => {
  test('demand follows the hour: the afternoon asks for more than twice what the night does', () => {
    const requestsAt = (hour: number): number => {
      const at = Date.UTC(2026, 9, 7, hour, 0, 0);
      const { published } = advance(fleetAt(at), at + minutes(5), idle, 'metrics');
      return published.metrics.find((m) => m.metric === 'RequestCount' && m.service === 'edge-gateway')?.value ?? 0;
    };
    expect(requestsAt(15)).toBeGreaterThan(2 * requestsAt(3));
  });

  test('releases, jobs, rotations and restarts fill the change log', () => {
    const start = Date.UTC(2026, 9, 7, 0, 0, 0);
    const { published } = advance(fleetAt(start), start + minutes(24 * 60), idle, 'changes');
    const kinds = new Set(published.changes.map((change) => change.kind));
    for (const kind of ['deploy', 'config', 'job', 'restart', 'cacheFlush', 'logRotation'] as const) {
      expect(kinds).toContain(kind);
    }
    expect(new Set(published.changes.map((change) => change.id)).size).toBe(published.changes.length);
  });
});
