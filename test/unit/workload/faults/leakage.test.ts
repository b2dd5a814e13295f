import { describe, expect, test } from 'vitest';
import { readLine } from '../../../../lambdas/domain/signal/log-templates/read-line.ts';
import type { ActiveFault } from '../../../../lambdas/workload/faults/definition.ts';
import { parseFaultFile } from '../../../../lambdas/workload/faults/parse-fault-file.ts';
import { advance, type FleetState, type Published } from '../../../../lambdas/workload/fleet.ts';
import { serviceNames } from '../../../../lambdas/workload/physics/services.ts';
import { catalogue, faultOf, fleetAt, idle, minutes } from '../support.ts';

/** A fault that is in no catalogue, as a user might write one. */
const madeUp = parseFaultFile(
  `cause: confetti-storm
kind: latency
title: Confetti gets into the gears
truth: { mechanism: badConfig, service: struck }
services: [checkout, catalog]
scope: all
carrier: config
intermittent: { onSeconds: 90, offSeconds: 45 }
merchantShare: 0.4
rampMinutes: 1
perturbations:
  - { parameter: addedLatency, from: 300, to: 900 }
  - { parameter: errorShare, from: 0.1, to: 0.4, wording: setting }
`,
  'confetti.yaml',
);

const all = [...catalogue, madeUp];

function published(state: FleetState, length: number, faults: readonly ActiveFault[]): Published {
  const metrics = [];
  const logs = [];
  const changes = [];
  let now = state;
  while (now.at < state.at + minutes(length)) {
    const part = advance(now, now.at + 60_000, { faults, operations: [] });
    now = part.state;
    metrics.push(...part.published.metrics);
    logs.push(...part.published.logs);
    changes.push(...part.published.changes);
  }
  return { metrics, logs, changes };
}

/** What can be seen of the shop, reduced to what a reader could learn to tell faults by. */
function vocabulary({ metrics, logs, changes }: Published) {
  const masked = (text: string | null): string =>
    (text ?? '')
      .replace(new RegExp(serviceNames.join('|'), 'g'), '<service>')
      .replace(/\b[0-9a-f]{7}\b|cfg-[0-9a-f]{6}/g, '<id>')
      .replace(/[ab]?\d+/g, '<n>');
  return {
    templates: new Set(logs.map((line) => readLine(line.message)?.text ?? '')),
    series: new Set(metrics.map((m) => `${m.metric} ${m.service} ${m.instance === null ? 'service' : 'instance'}`)),
    changes: new Set(
      changes.map((c) => `${c.kind} ${c.actor} ${c.instance === null} ${c.from === null} ${masked(c.summary)}`),
    ),
  };
}

// The hour is one without a rare upkeep of its own; lengths cover every cause's harm.
const start = Date.UTC(2026, 9, 7, 13, 0, 0);
const runs = all.map((definition, index) => {
  const state = fleetAt(start, 5);
  const fault = {
    ...faultOf(definition, state, {
      service: definition.services[index % definition.services.length] ?? '',
      severity: 0.9,
      seed: 100 + index,
    }),
    id: 'flt-01k6zzyxwvutsrqponmlkjihgf',
  };
  const length = definition.hurtsWithinFiveMinutes ? 8 : 25;
  const seen = published(state, length, [fault]);
  return { definition, fault, length, seen, words: vocabulary(seen) };
});
/** The change log of five hours, published hour by hour. */
function changesOver(state: FleetState, faults: readonly ActiveFault[]): Published['changes'] {
  const changes = [];
  let now = state;
  for (let hour = 0; hour < 5; hour += 1) {
    const part = advance(now, now.at + minutes(60), { faults, operations: [] }, 'changes');
    now = part.state;
    changes.push(...part.published.changes);
  }
  return changes;
}
const changeKey = (change: Published['changes'][number]): string =>
  `${change.id} ${change.at} ${change.kind} ${change.to} ${change.summary}`;
const without = changesOver(fleetAt(start, 5), []);

const healthyStart = fleetAt(Date.UTC(2026, 9, 5, 0, 0, 0), 9);
const healthy = vocabulary(published(healthyStart, 2 * 1440, []));

describe('nothing that the responder reads tells a fault', () => {
  test('the hours looked at are busy ones', () => {
    expect(without.length).toBeGreaterThan(20);
    expect(new Set(without.map((change) => change.kind)).size).toBeGreaterThan(3);
  });

  test.each(runs)('$definition.cause: no id, cause, file, title or time of injection anywhere', ({ fault, seen }) => {
    const text = JSON.stringify([seen.metrics, seen.logs.map(({ at: _at, ...line }) => line), seen.changes]);
    const { definition } = fault;
    const secrets = [
      fault.id,
      definition.cause,
      definition.title,
      `${definition.cause}.yaml`,
      'confetti',
      String(fault.startedAt),
      String(fault.startedAt / 1000),
      new Date(fault.startedAt).toISOString(),
    ];
    for (const secret of secrets) expect(text.includes(secret), secret).toBe(false);
    expect(seen.changes.some((change) => change.at === fault.startedAt)).toBe(false);
  });

  test.each(runs)(
    '$definition.cause: every template, series and kind of change is seen in health or under two kinds',
    ({ definition, words }) => {
      const others = runs.filter((other) => other.definition.kind !== definition.kind).map((other) => other.words);
      for (const aspect of ['templates', 'series', 'changes'] as const) {
        const telling = [...words[aspect]].filter(
          (word) => !healthy[aspect].has(word) && !others.some((other) => other[aspect].has(word)),
        );
        expect(telling, aspect).toEqual([]);
      }
    },
  );

  test.each(runs)(
    '$definition.cause: the change log is that of the same seed without it, but for what it changes',
    { timeout: 20_000 },
    ({ definition, fault }) => {
      const seen = changesOver(fleetAt(start, 5), [fault]);
      const seenKeys = new Set(seen.map(changeKey));
      const missing = without.filter((change) => !seenKeys.has(changeKey(change)));
      // A platform puts off its own upkeep and scaling while instances are down or busy.
      expect(missing.filter((change) => change.kind !== 'restart' && change.kind !== 'scaling')).toEqual([]);
      const quietKeys = new Set(without.map(changeKey));
      const added = seen.filter((change) => !quietKeys.has(changeKey(change)));
      const carried = added.filter((change) => !['restart', 'scaling'].includes(change.kind));
      const expected = { version: 'deploy', config: 'config', job: 'job' } as const;
      const { carrier } = definition;
      const kinds = carrier === 'version' || carrier === 'config' || carrier === 'job' ? [expected[carrier]] : [];
      expect(carried.map((change) => [change.kind, String(change.service)])).toEqual(
        kinds.map((kind) => [kind, fault.service]),
      );
    },
  );

  test('a fault that ended leaves the shop with the same draws as ever', () => {
    const state = fleetAt(start, 5);
    const log = runs.find((run) => run.definition.cause === 'log-growth');
    if (log === undefined) throw new Error('no log-growth');
    const { published: sick } = advance(state, state.at + minutes(2), { faults: [log.fault], operations: [] });
    const { published: well } = advance(state, state.at + minutes(2), idle);
    const requests = (from: Published) =>
      from.metrics.filter((m) => m.metric === 'RequestCount' && m.instance === null);
    expect(requests(sick)).toEqual(requests(well));
  });
});
