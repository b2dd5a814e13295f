import { beforeAll, describe, expect, it } from 'vitest';
import type { Datum } from '../../lambdas/adapters/memory/telemetry.ts';
import { instanceIdSchema, serviceNameSchema } from '../../lambdas/domain/ids.ts';
import type { LogLine, Series } from '../../lambdas/domain/signal/series.ts';
import type { Change } from '../../lambdas/domain/topology/change.ts';
import type { Telemetry } from '../../lambdas/ports/telemetry.ts';

export type PublishedTelemetry = {
  readonly metrics: readonly Datum[];
  readonly logs: readonly LogLine[];
  readonly changes: readonly Change[];
};

export type TelemetryUnderTest = {
  readonly telemetry: Telemetry;
  /** As a platform would publish it: resolves once it can be read. */
  publish(published: PublishedTelemetry): Promise<void>;
  readonly namespaces: { readonly service: string; readonly instance: string };
  /** Begin of the time that is written to: a multiple of five minutes, some minutes ago. Epoch milliseconds. */
  readonly base: number;
};

const orders = serviceNameSchema.parse('orders');
const ordersDatabase = serviceNameSchema.parse('orders-db');
const instance = instanceIdSchema.parse('orders-a1');

/** What every Telemetry must do. */
export const describeTelemetry = (name: string, make: () => Promise<TelemetryUnderTest>): void => {
  describe(`telemetry: ${name}`, () => {
    let under: TelemetryUnderTest;
    let listed: readonly Series[];
    const at = (seconds: number) => under.base + seconds * 1000;
    const datum = (metric: string, seconds: number, value: number, more: Partial<Datum> = {}): Datum => ({
      namespace: under.namespaces.service,
      metric,
      dimensions: [{ name: 'Service', value: orders }],
      at: at(seconds),
      value,
      ...more,
    });
    const ofInstance = {
      dimensions: [
        { name: 'Service', value: orders },
        { name: 'Instance', value: instance },
      ],
    };
    const find = (metric: string, service: string, of: string | null): Series => {
      const found = listed.filter(
        (series) => series.metric === metric && series.service === service && series.instance === of,
      );
      expect(found).toHaveLength(1);
      const [series] = found;
      if (series === undefined) throw new Error(`no series ${metric} of ${service}`);
      return series;
    };
    const read = async (series: Series, from: number, to: number, periodSeconds: number) =>
      (await under.telemetry.readSamples({ series: [series], from: at(from), to: at(to), periodSeconds })).get(
        series.id,
      );
    const log = (service: LogLine['service'], seconds: number, message: string): LogLine => ({
      at: at(seconds),
      service,
      instance: service === orders ? instance : null,
      message,
    });
    const change = (id: string, seconds: number): Change => ({
      id,
      at: at(seconds),
      service: orders,
      instance: null,
      kind: 'deploy',
      actor: 'pipeline',
      from: 'v1',
      to: 'v2',
      summary: 'version v2',
    });

    beforeAll(async () => {
      under = await make();
      const instanceData = { namespace: under.namespaces.instance, ...ofInstance };
      await under.publish({
        metrics: [
          ...[0, 5, 10, 15].map((seconds) => datum('RequestCount', seconds, 10 + seconds)),
          ...[0, 5].map((seconds) => datum('LatencyP95', seconds, 100 + 20 * seconds)),
          ...[0, 5].map((seconds) => datum('QueueAge', seconds, 30 - seconds)),
          datum('RequestCount', 0, 7, { dimensions: [{ name: 'Service', value: ordersDatabase }] }),
          datum('RequestCount', 0, 3, instanceData),
          ...[0, 5].map((seconds) => datum('Heartbeat', seconds, 2, { ...instanceData, samples: 2 })),
        ],
        logs: [
          log(orders, 1, 'first'),
          log(orders, 2, '{"level":"error","message":"second"}'),
          log(orders, 3, 'third'),
          log(ordersDatabase, 2, 'elsewhere'),
        ],
        changes: [change('chg-1', 1), change('chg-2', 4)],
      });
      listed = await under.telemetry.listSeries();
    });

    it('lists each series once, with what it stands for', () => {
      expect(find('RequestCount', 'orders', null)).toMatchObject({ role: 'requests', statistic: 'Sum' });
      expect(find('RequestCount', 'orders', instance)).toMatchObject({ role: 'requests', statistic: 'Sum' });
      expect(find('LatencyP95', 'orders', null)).toMatchObject({ role: 'latency', statistic: 'Average' });
      expect(find('RequestCount', 'orders-db', null)).toMatchObject({ service: 'orders-db' });
    });

    it('reads one sample a period, at its start', async () => {
      expect(await read(find('RequestCount', 'orders', null), 0, 20, 5)).toEqual([
        { at: at(0), value: 10 },
        { at: at(5), value: 15 },
        { at: at(10), value: 20 },
        { at: at(15), value: 25 },
      ]);
    });

    it("aggregates to a longer period by the series' own statistic", async () => {
      expect(await read(find('RequestCount', 'orders', null), 0, 60, 60)).toEqual([{ at: at(0), value: 70 }]);
      expect(await read(find('LatencyP95', 'orders', null), 0, 60, 60)).toEqual([{ at: at(0), value: 150 }]);
      expect(await read(find('QueueAge', 'orders', null), 0, 60, 60)).toEqual([{ at: at(0), value: 30 }]);
      expect(await read(find('Heartbeat', 'orders', instance), 0, 60, 60)).toEqual([{ at: at(0), value: 4 }]);
    });

    it('reads half-open intervals', async () => {
      const samples = await read(find('RequestCount', 'orders', null), 5, 15, 5);
      expect(samples?.map((sample) => sample.at)).toEqual([at(5), at(10)]);
    });

    it('keeps series apart whose names begin alike', async () => {
      expect(await read(find('RequestCount', 'orders-db', null), 0, 5, 5)).toEqual([{ at: at(0), value: 7 }]);
      expect(await read(find('RequestCount', 'orders', instance), 0, 5, 5)).toEqual([{ at: at(0), value: 3 }]);
    });

    it('has an empty array for a series without a sample in the interval', async () => {
      expect(await read(find('QueueAge', 'orders', null), 30, 60, 5)).toEqual([]);
    });

    it('reads the logs of one service, oldest first, and the newest ones where there are more', async () => {
      const interval = { service: orders, from: at(0), to: at(10), withinMilliseconds: 5000 };
      const { lines, readFrom, end } = await under.telemetry.readLogs({ ...interval, limit: 10 });
      expect(lines.map(({ message }) => message)).toEqual(['first', '{"level":"error","message":"second"}', 'third']);
      expect(lines[0]).toEqual(log(orders, 1, 'first'));
      expect({ readFrom, end }).toEqual({ readFrom: at(0), end: 'all' });
      const newest = await under.telemetry.readLogs({ ...interval, limit: 2 });
      expect(newest.lines.map(({ message }) => message)).toEqual(['{"level":"error","message":"second"}', 'third']);
      expect(newest.readFrom, 'later than the line left out').toBeGreaterThan(at(1));
      expect(newest.end).toBe('limited');
      const early = await under.telemetry.readLogs({ ...interval, to: at(2), limit: 10 });
      expect(early.lines.map(({ message }) => message)).toEqual(['first']);
    });

    it('has no logs for a service that never wrote any', async () => {
      const service = serviceNameSchema.parse('silent');
      const request = { service, from: at(0), to: at(10), limit: 10, withinMilliseconds: 5000 };
      expect(await under.telemetry.readLogs(request)).toEqual({ lines: [], readFrom: at(0), end: 'all' });
    });

    it('follows the logs of a service, oldest first, and says up to where they are all there are', async () => {
      const request = { service: orders, from: at(0), to: at(10), withinMilliseconds: 5000 };
      const all = await under.telemetry.followLogs({ ...request, limit: 10 });
      expect(all.readTo).toBe(at(10));
      expect(all.lines[0]).toEqual(log(orders, 1, 'first'));
      expect(all.lines).toHaveLength(3);
      const begun = await under.telemetry.followLogs({ ...request, limit: 2 });
      expect(begun.lines.map(({ message }) => message)).toEqual(['first', '{"level":"error","message":"second"}']);
      expect(begun.readTo).toBe(at(3));
      const late = await under.telemetry.followLogs({ ...request, from: at(2), to: at(3), limit: 10 });
      expect(late.lines.map(({ message }) => message)).toEqual(['{"level":"error","message":"second"}']);
      const service = serviceNameSchema.parse('silent');
      expect(await under.telemetry.followLogs({ ...request, service, limit: 10 })).toEqual({
        lines: [],
        readTo: at(10),
      });
    });

    it('reads changes of an interval, oldest first', async () => {
      expect(await under.telemetry.readChanges({ from: at(0), to: at(10) })).toEqual([
        change('chg-1', 1),
        change('chg-2', 4),
      ]);
      expect(await under.telemetry.readChanges({ from: at(0), to: at(4) })).toEqual([change('chg-1', 1)]);
    });
  });
};
