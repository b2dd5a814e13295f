import { describe, expect, it } from 'vitest';
import { observeSample } from '../../../../../lambdas/domain/anomaly/judge-sample.ts';
import {
  decodeLogShard,
  emptyLogShard,
  encodeLogShard,
  type LogShard,
} from '../../../../../lambdas/domain/anomaly/log-shard.ts';
import { newWatch } from '../../../../../lambdas/domain/anomaly/watch.ts';
import { serviceNameSchema } from '../../../../../lambdas/domain/ids.ts';
import { logSeriesOf } from '../../../../../lambdas/domain/signal/log-signals/log-series.ts';
import { countLines, newServiceLog } from '../../../../../lambdas/domain/signal/log-signals/service-log.ts';
import { logLine } from '../../../../support/log-lines.ts';

const checkout = serviceNameSchema.parse('checkout');
const start = Date.UTC(2026, 0, 6, 12);

function live(state: LogShard, from: number, periods: number) {
  const log = state.book.services.get(checkout) ?? newServiceLog();
  state.book.services.set(checkout, log);
  const to = from + periods * 5000;
  const lines = [];
  for (let at = from; at < to; at += 500) {
    lines.push(logLine(at, `INFO order ${at} of merchant=m-${at % 7} took ${at % 91} ms`));
    lines.push(logLine(at, `WARN worker ${'abcdefghijk'[(at / 500) % 11]?.repeat(4)} has stopped`));
  }
  return countLines(log, state.book.miner, lines, { from, to, readTo: to, periodSeconds: 5 });
}

describe('what is kept of log lines', () => {
  it('goes on after a restart as if there had been none, to the last bit', () => {
    const state = emptyLogShard();
    live(state, start, 200);
    for (const series of logSeriesOf([checkout])) {
      const watch = newWatch(series, start);
      observeSample(watch, { at: start, value: 1 }, 5);
      state.shard.watches.set(series.id, watch);
    }
    const restarted = decodeLogShard(encodeLogShard(state));
    if (restarted === null) throw new Error('it could not be read again');
    const next = start + 200 * 5000;
    expect(live(restarted, next, 50)).toEqual(live(state, next, 50));
    expect(restarted.book.miner.templates()).toEqual(state.book.miner.templates());
    expect(encodeLogShard(restarted)).toEqual(encodeLogShard(state));
  });

  it('is small', () => {
    const state = emptyLogShard();
    live(state, start, 400);
    expect(encodeLogShard(state).length).toBeLessThan(20_000);
  });

  it('is learnt anew where it is broken or of another version', () => {
    const body = encodeLogShard(emptyLogShard());
    expect(decodeLogShard(body.subarray(0, 3))).toBeNull();
    expect(decodeLogShard(body.subarray(0, 20))).toBeNull();
    const other = new TextEncoder().encode('{"version":0,"templates":[],"services":[]}');
    const foreign = new Uint8Array(4 + other.length);
    new DataView(foreign.buffer).setUint32(0, other.length, true);
    foreign.set(other, 4);
    expect(decodeLogShard(foreign)).toBeNull();
  });
});
