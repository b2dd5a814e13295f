import { expect, it } from 'vitest';
import { manualClock } from '../../../../lambdas/adapters/memory/clock.ts';
import { memoryIncidents } from '../../../../lambdas/adapters/memory/incidents.ts';
import { memoryRecords } from '../../../../lambdas/adapters/memory/records.ts';
import { seriesIdSchema, serviceNameSchema } from '../../../../lambdas/domain/ids.ts';
import type { MetricRole, Sample, Series } from '../../../../lambdas/domain/signal/series.ts';
import type { Telemetry } from '../../../../lambdas/ports/telemetry.ts';
import { createCustomerReader } from '../../../../scripts/operator/customers.ts';
import { readFleet } from '../../../../scripts/operator/read-fleet.ts';
import { fleetLines } from '../../../../scripts/view/fleet-page.ts';
import { createScreen } from '../../../../scripts/view/screen.ts';
import { aTopology } from '../../../support/response-examples.ts';

const now = Date.UTC(2030, 0, 1, 12, 0, 2);
const lastPeriod = Date.UTC(2030, 0, 1, 11, 59, 55);

const seriesOf = (service: string, role: MetricRole): Series => ({
  id: seriesIdSchema.parse(`${service}|${role}`),
  namespace: 'Shop',
  metric: role,
  dimensions: [{ name: 'Service', value: service }],
  statistic: 'Sum',
  role,
  service: serviceNameSchema.parse(service),
  instance: null,
});

const telemetryOf = (figures: readonly (readonly [string, MetricRole, readonly Sample[]])[]): Telemetry => ({
  listSeries: async () => figures.map(([service, role]) => seriesOf(service, role)),
  readSamples: async ({ series, from, to }) =>
    new Map(
      series.map((one) => {
        const samples = figures.find(([service, role]) => seriesOf(service, role).id === one.id)?.[2] ?? [];
        return [one.id, samples.filter(({ at }) => at >= from && at < to)];
      }),
    ),
  readLogs: async ({ from }) => ({ lines: [], readFrom: from, end: 'all' }),
  followLogs: async ({ to }) => ({ lines: [], readTo: to }),
  readChanges: async () => [],
});

const target = { describe: async () => aTopology(), operate: () => Promise.reject(new Error('nobody acts here')) };
const from = (telemetry: Telemetry) => ({
  clock: manualClock(now),
  incidents: memoryIncidents(memoryRecords()),
  target,
  telemetry,
});

it('reads each service at the newest closed period, and shows what is unknown as such', async () => {
  const telemetry = telemetryOf([
    [
      'front',
      'requests',
      [
        { at: lastPeriod - 5000, value: 1 },
        { at: lastPeriod, value: 500 },
      ],
    ],
    ['front', 'errors', [{ at: lastPeriod, value: 25 }]],
    ['middle', 'cpu', [{ at: lastPeriod, value: 93 }]],
  ]);
  const reading = await readFleet(from(telemetry), 5);
  expect(reading.periodStart).toBe(lastPeriod);
  expect(reading.services.find(({ name }) => name === 'front')).toMatchObject({
    running: 3,
    wanted: 3,
    requestsPerSecond: 100,
    errorPercent: 5,
    cpu: null,
  });
  expect(reading.services.find(({ name }) => name === 'middle')).toMatchObject({ cpu: 93, requestsPerSecond: null });
  const screen = createScreen({ columns: 80, write: () => undefined }, {});
  const lines = fleetLines({ ...reading, hours: { runsUntil: now, stopped: false } }, screen);
  expect(lines.at(-1)).toBe('the shop stops itself at 12:00:02 UTC');
  expect(fleetLines({ ...reading, hours: { runsUntil: now, stopped: true } }, screen).at(-1)).toMatch(
    /^the shop stopped/,
  );
  expect(lines.find((line) => line.startsWith('front'))).toMatch(/front +3\/3 +v2 +100 +5 +-/);
});

it('tells what customers feel over half a minute at the gateway', async () => {
  const every = (value: number) =>
    Array.from({ length: 12 }, (_, index) => ({ at: lastPeriod - index * 5000, value: index < 6 ? value : 0 }));
  const read = await createCustomerReader(
    from(
      telemetryOf([
        ['front', 'requests', every(100)],
        ['front', 'errors', every(4)],
        ['front', 'latency', every(200)],
        ['middle', 'errors', every(99)],
      ]),
    ),
    5,
  );
  expect(await read()).toEqual({ at: lastPeriod + 5000, successPercent: 96, latencyP95: 200 });
});

it('feels nothing where nothing was asked', async () => {
  const read = await createCustomerReader(from(telemetryOf([])), 5);
  expect(await read()).toBeNull();
});
