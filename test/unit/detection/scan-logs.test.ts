import { describe, expect, it } from 'vitest';
import { memoryDetectorState } from '../../../lambdas/adapters/memory/detector-state.ts';
import { memoryTelemetry } from '../../../lambdas/adapters/memory/telemetry.ts';
import { scanLogs } from '../../../lambdas/detection/scan-logs.ts';
import { decodeLogShard } from '../../../lambdas/domain/anomaly/log-shard.ts';
import { read } from '../../../lambdas/domain/anomaly/watch.ts';
import { serviceNameSchema } from '../../../lambdas/domain/ids.ts';
import { logSeriesOf } from '../../../lambdas/domain/signal/log-signals/log-series.ts';
import type { DetectorState } from '../../../lambdas/ports/detector-state.ts';
import type { Telemetry } from '../../../lambdas/ports/telemetry.ts';
import { logLine } from '../../support/log-lines.ts';

const start = Date.UTC(2026, 0, 6, 12);
const services = ['checkout', 'payments'].map((name) => serviceNameSchema.parse(name));
const series = logSeriesOf(services);

function world(wrap: (telemetry: Telemetry) => Telemetry = (telemetry) => telemetry) {
  const telemetry = memoryTelemetry();
  const stored = memoryDetectorState();
  let now = start;
  const write = (at: number, ...messages: string[]) =>
    telemetry.publish({ metrics: [], logs: messages.map((message) => logLine(at, message)), changes: [] });
  const usual = (from: number, to: number) => {
    for (let at = from; at < to; at += 1000)
      write(at + 1, `INFO handled request in ${at % 97} ms merchant=m-${at % 5}`);
  };
  const scan = (end = now, state: DetectorState = stored) =>
    scanLogs(
      wrap(telemetry),
      state,
    )({ shard: 'logs', series, end, periodSeconds: 5, now: end, falseAlarmsPerMonth: 0.1 });
  usual(start - 1_800_000, start);
  return {
    stored,
    write,
    scan,
    now: () => now,
    /** So many seconds pass, scanned at each period unless `scanned` says otherwise. */
    live: async (seconds: number, more: (at: number) => string[] = () => [], scanned = true) => {
      let newest = null;
      for (const end = now + seconds * 1000; now < end; now += 5000) {
        usual(now, now + 5000);
        write(now + 10, ...more(now));
        if (scanned) newest = await scan(now + 5000);
      }
      return newest;
    },
    counts: async () => {
      const body = await stored.load('logs', null);
      if (body === null || body === 'unchanged') throw new Error('nothing is stored');
      const templates = decodeLogShard(body.body)?.book.miner.templates() ?? [];
      return new Map(templates.map(({ pattern, count }) => [pattern, count]));
    },
  };
}

const alarms = (scan: Awaited<ReturnType<ReturnType<typeof scanLogs>>> | null, at: number): string[] =>
  scan?.outcome !== 'scanned'
    ? []
    : scan.summaries
        .filter((summary) => read(summary, 'lastSeen') === at)
        .map(({ series: { service, metric } }) => `${service} ${metric}`);

describe('scanning logs', () => {
  it('learns from what the logs still hold, and then says which errors are new', async () => {
    const { live, now } = world();
    expect(alarms(await live(120), now())).toEqual([]);
    const scan = await live(30, (at) => Array.from({ length: 6 }, () => `ERROR no route for order ${at}`));
    expect(alarms(scan, now())).toEqual(['checkout ErrorLineShare', 'checkout NewErrorPattern']);
  });

  it('counts every line once when invocations double, come late, or are lost', async () => {
    const lines = (at: number) => [`WARN retry ${at}`, ...(at % 3 === 0 ? [`WARN slow ${at}`] : [])];
    const regular = world();
    await regular.live(300, lines);
    const irregular = world();
    await irregular.live(60, lines);
    await irregular.scan();
    await irregular.live(120, lines, false);
    await irregular.live(60, lines);
    await irregular.scan(irregular.now() - 30_000);
    await irregular.live(60, lines);
    expect(await irregular.counts()).toEqual(await regular.counts());
  });

  it('lets one of two scans of the same state win, and counts for the other nothing', async () => {
    const { stored, scan, live, now, counts } = world();
    await live(60);
    const before = await stored.load('logs', null);
    await live(10, () => ['WARN once']);
    const behind: DetectorState = {
      load: async () => before,
      save: (name, body, tag) => stored.save(name, body, tag),
    };
    expect(await scan(now(), behind)).toMatchObject({ outcome: 'late' });
    expect((await counts()).get('WARN once')).toBe(2);
  });

  it('goes on with the other services when the log of one cannot be read, and reads it when it can', async () => {
    let broken = false;
    const { live, counts, write, now } = world((telemetry) => ({
      ...telemetry,
      followLogs: (request) =>
        broken && request.service === 'checkout'
          ? Promise.reject(new Error('throttled'))
          : telemetry.followLogs(request),
    }));
    await live(60);
    broken = true;
    write(now() + 1, 'WARN unread');
    const scan = await live(30);
    expect(scan).toMatchObject({ outcome: 'scanned', trouble: expect.stringContaining('checkout') });
    broken = false;
    expect(await live(10)).not.toHaveProperty('trouble');
    expect((await counts()).get('WARN unread')).toBe(1);
  });

  it('begins with another service each time, and counts what is read in part for the whole', async () => {
    const asked: string[] = [];
    let brief = false;
    const { live, counts, now, scan } = world((telemetry) => ({
      ...telemetry,
      followLogs: async (request) => {
        asked.push(request.service);
        const read = await telemetry.followLogs(request);
        if (!brief) return read;
        const readTo = request.to - 2500;
        return { lines: read.lines.filter(({ at }) => at < readTo), readTo };
      },
    }));
    await live(60);
    asked.length = 0;
    await live(20);
    const first = asked.filter((_, index) => index % 2 === 0);
    expect(first.slice(1)).toEqual([first[0] === 'checkout' ? 'payments' : 'checkout', first[0], first[1]]);
    brief = true;
    const partly = await live(300, () => ['WARN slow']);
    expect(partly).not.toHaveProperty('trouble');
    expect((await counts()).get('WARN slow'), 'each was in the part that was read').toBe(60);
    brief = false;
    asked.length = 0;
    expect(await scan(now() + 5000)).not.toHaveProperty('trouble');
  });

  it('is late and says why when no log can be read or the state cannot be had', async () => {
    const failing = world((telemetry) => ({ ...telemetry, followLogs: () => Promise.reject(new Error('denied')) }));
    expect(await failing.scan()).toMatchObject({ outcome: 'late', reason: expect.stringContaining('denied') });
    const { scan } = world();
    const noState: DetectorState = { load: () => Promise.reject(new Error('no bucket')), save: async () => null };
    expect(await scan(start, noState)).toMatchObject({ outcome: 'late', reason: expect.stringContaining('no bucket') });
  });
});
