import { describe, expect, it } from 'vitest';
import { groupingAccuracy } from '../../../../../bench/logs/grouping-accuracy.ts';
import { createTemplateMiner } from '../../../../../lambdas/domain/signal/log-templates/template-miner.ts';
import { madeUpLog, madeUpSystems } from '../../../../support/made-up-logs.ts';

const group = (lines: readonly string[]) => {
  const miner = createTemplateMiner();
  return lines.map((line, at) => miner.observe(line, at).id).map((id) => miner.resolve(id));
};

describe('grouping lines of systems that the vocabulary was not written for', () => {
  it.each(madeUpSystems)('%s', (system) => {
    const log = madeUpLog(system, 400);
    const found = group(log.map(({ line }) => line));
    expect(
      groupingAccuracy(
        found,
        log.map(({ event }) => event),
      ),
    ).toBeGreaterThanOrEqual(0.95);
  });

  it('keeps the systems apart when one miner reads them all', () => {
    const log = madeUpSystems.flatMap((system) =>
      madeUpLog(system, 200).map(({ event, line }) => ({ event: `${system} ${event}`, line })),
    );
    const found = group(log.map(({ line }) => line));
    expect(
      groupingAccuracy(
        found,
        log.map(({ event }) => event),
      ),
    ).toBeGreaterThanOrEqual(0.95);
  });
});
