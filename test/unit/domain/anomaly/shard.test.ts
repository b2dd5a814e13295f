import { describe, expect, it } from 'vitest';
import { observeSample } from '../../../../lambdas/domain/anomaly/judge-sample.ts';
import { decodeShard, emptyShard, encodeShard } from '../../../../lambdas/domain/anomaly/shard.ts';
import { newWatch } from '../../../../lambdas/domain/anomaly/watch.ts';
import { exampleSeries } from '../../../support/detection-examples.ts';

function example() {
  const shard = emptyShard();
  shard.readTo = 60_000;
  for (const name of ['edge', 'checkout', 'search']) {
    const watch = newWatch(exampleSeries(name, 'latency', 'Average'), 5_000);
    for (let at = 5_000; at < 60_000; at += 5_000) observeSample(watch, { at, value: at / 999 }, 5);
    shard.watches.set(watch.series.id, watch);
  }
  shard.unarchived.push(
    ...[...shard.watches.keys()].map((series, index) => ({
      series,
      at: 55_000 + index,
      value: index / 3,
      readAt: 60_000,
    })),
  );
  return shard;
}

describe('the body of a shard', () => {
  it('comes back bit for bit, from a buffer at any offset', () => {
    const shard = example();
    const body = encodeShard(shard);
    for (const offset of [0, 1, 5]) {
      const padded = new Uint8Array(body.length + offset);
      padded.set(body, offset);
      expect(decodeShard(padded.subarray(offset))).toEqual(shard);
    }
    expect(decodeShard(Buffer.from(body))).toEqual(shard);
  });

  it('is refused when it is broken or of another version', () => {
    const body = encodeShard(example());
    expect(decodeShard(body.subarray(0, 4))).toBeNull();
    expect(decodeShard(body.subarray(0, body.length - 8))).toBeNull();
    expect(decodeShard(new Uint8Array(64))).toBeNull();
    const other = new TextDecoder('latin1').decode(body).replace('"layout":4', '"layout":9');
    expect(decodeShard(Buffer.from(other, 'latin1'))).toBeNull();
  });
});
