import { expect, it } from 'vitest';
import { statusLines } from '../../../../scripts/commands/status.ts';
import { objective } from '../../../support/budget-examples.ts';
import { service } from '../../../support/detection-examples.ts';

const now = new Date('2030-01-01T00:10:00Z');
const deployed = {
  cloud: { name: 'AWS' },
  trouble: null,
  stack: { name: 'kintsugi', status: 'CREATE_COMPLETE', healthy: true, updatedAt: null },
  lastScanAt: '2030-01-01T00:09:55.000Z',
} as const;

it('names the shards that are late, and since when and why', () => {
  const scan = {
    scannedAt: now.getTime(),
    series: 1200,
    learning: 3,
    learningUntil: Date.parse('2030-01-01T00:22:30Z'),
    budgets: [
      { objective, used: 0.831, burn: 3.2, forecast: null, saidAt: null, trouble: null },
      {
        objective: { ...objective, service: service('cart') },
        used: null,
        burn: null,
        forecast: null,
        saidAt: null,
        trouble: 'x',
      },
    ],
    shards: 3,
    muted: { inTrouble: 2, recovering: 1, quietSince: Date.parse('2030-01-01T00:09:10Z') },
    late: [
      { shard: 'shard-0001', reason: 'no answer within 40 s', readTo: Date.parse('2030-01-01T00:05:00Z') },
      { shard: 'shard-0002', reason: 'failed', readTo: 0 },
    ],
    troubles: ['01BROKEN: kind: is no kind'],
  };
  expect(statusLines({ ...deployed, scan }, now)).toEqual([
    'Cloud   AWS',
    'Stack   kintsugi CREATE_COMPLETE',
    'Scan    5 s ago (2030-01-01T00:09:55.000Z)',
    'Series  1200 in 3 shards',
    'Learns  3 of them: each raises nothing until it has 20 points over 20 minutes, the newest in 13 min if it speaks often enough',
    'Muted   2 in trouble, 1 recovering, quiet since 00:09:10 UTC: npm run mutes',
    'Budget  payments: 83.1 % of 30 days at 99.5 % used, burning 3.2 times as fast as it would last',
    'Late    shard-0001, read up to 5 min ago: no answer within 40 s',
    'Late    shard-0002, never read: failed',
    'Trouble 01BROKEN: kind: is no kind',
  ]);
  expect(statusLines({ ...deployed, scan: { ...scan, learningUntil: null } }, now)).toContain(
    'Learns  3 of them: each raises nothing until it has 20 points over 20 minutes; watched long enough, but they speak seldom',
  );
  expect(statusLines({ ...deployed, scan: { ...scan, learning: 0 } }, now).join()).not.toContain('Learns');
});

it('says nothing of shards before the first whole scan', () => {
  expect(statusLines({ ...deployed, scan: null }, now)).toHaveLength(3);
});
