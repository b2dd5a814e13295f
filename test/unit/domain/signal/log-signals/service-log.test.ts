import { describe, expect, it } from 'vitest';
import { countLines, isWarm, newServiceLog } from '../../../../../lambdas/domain/signal/log-signals/service-log.ts';
import { createTemplateMiner } from '../../../../../lambdas/domain/signal/log-templates/template-miner.ts';
import type { LogLine } from '../../../../../lambdas/domain/signal/series.ts';
import { logLine } from '../../../../support/log-lines.ts';

const start = Date.UTC(2026, 0, 6, 12);
const periodSeconds = 5;

function watched() {
  const log = newServiceLog();
  const miner = createTemplateMiner();
  let at = start;
  return {
    log,
    miner,
    now: () => at,
    /** Counts the lines of the next `seconds`. */
    live: (seconds: number, lines: (at: number) => readonly string[]) => {
      const from = at;
      const written: LogLine[] = [];
      for (; at < from + seconds * 1000; at += 5000) {
        written.push(...lines(at).map((message, index) => logLine(at + index, message)));
      }
      const samples = countLines(log, miner, written, { from, to: at, readTo: at, periodSeconds });
      return {
        newest: (metric: keyof typeof samples) => samples[metric].at(-1)?.value ?? Number.NaN,
        highest: (metric: keyof typeof samples) => Math.max(...samples[metric].map(({ value }) => value)),
      };
    },
  };
}

const usual = (at: number): string[] => [
  `INFO handled request in ${at % 97} ms merchant=m-1`,
  `INFO handled request in ${at % 89} ms merchant=m-2`,
  ...((at / 5000) % 60 === 0 ? ['WARN cache is slow'] : []),
];

describe('counting the lines of a service', () => {
  it('makes one sample a period of each series, also of a period without lines', () => {
    const samples = countLines(newServiceLog(), createTemplateMiner(), [logLine(start + 1, 'ERROR x')], {
      from: start,
      to: start + 20_000,
      readTo: start + 20_000,
      periodSeconds,
    });
    expect(samples.ErrorLineShare.map(({ at }) => at - start)).toEqual([0, 5000, 10_000, 15_000]);
    expect(samples.PatternRate).toHaveLength(4);
  });

  it('counts every line where reading goes on from off the grid of a new period', () => {
    const log = newServiceLog();
    const miner = createTemplateMiner();
    const from = start + 35_000;
    const to = start + 120_000;
    const lines = Array.from({ length: 100 }, (_, index) => logLine(from - 500 + index * 850, 'WARN busy'));
    const samples = countLines(log, miner, lines, { from, to, readTo: to, periodSeconds: 60 });
    expect(samples.ErrorLineShare.map(({ at }) => at)).toEqual([from, from + 60_000]);
    expect(miner.templates().map(({ count }) => count)).toEqual([100]);
  });

  it('finds nothing in lines as they always were, and much in an error never seen that is written often', () => {
    const { live } = watched();
    live(900, usual);
    const quiet = live(600, usual);
    expect(quiet.highest('NewErrorPattern')).toBe(0);
    expect(quiet.highest('PatternRate')).toBeLessThan(1);
    expect(quiet.highest('ErrorLineShare')).toBe(0);
    const lone = live(60, (at) => [...usual(at), ...(at % 60_000 === 0 ? ['ERROR checksum mismatch'] : [])]);
    expect(lone.highest('NewErrorPattern')).toBeLessThan(1);
    const trouble = live(30, (at) => [...usual(at), 'ERROR no route for order 7', 'ERROR no route for order 8']);
    expect(trouble.newest('NewErrorPattern')).toBeGreaterThan(1.5);
    expect(trouble.newest('ErrorLineShare')).toBeGreaterThan(15);
  });

  it('calls nothing new before it has watched for ten minutes', () => {
    const { live, log, now } = watched();
    live(300, usual);
    expect(isWarm(log, now())).toBe(false);
    const trouble = live(60, (at) => [...usual(at), 'ERROR no route', 'ERROR no route', 'ERROR no route']);
    expect(trouble.highest('NewErrorPattern')).toBe(0);
    expect(trouble.highest('PatternRate')).toBeGreaterThan(1);
  });

  it('finds a kind of line that is written far more often than it was', () => {
    const { live } = watched();
    live(1800, (at) => [...usual(at), 'WARN retrying call to payments, attempt 2']);
    const calm = live(300, (at) => [...usual(at), 'WARN retrying call to payments, attempt 2']);
    expect(calm.highest('PatternRate')).toBeLessThan(0.5);
    const storm = live(30, (at) => [...usual(at), ...Array(8).fill('WARN retrying call to payments, attempt 3')]);
    expect(storm.newest('PatternRate')).toBeGreaterThan(2);
    expect(storm.newest('NewErrorPattern')).toBe(0);
  });

  it('finds the tenant whose requests fail while those of the others do not', () => {
    const { live } = watched();
    live(900, usual);
    const before = live(60, usual).newest('WorstTenantErrorShare');
    const failing = live(120, (at) => [...usual(at), 'ERROR request failed merchant=m-66', ...usual(at), ...usual(at)]);
    expect(before).toBe(0);
    expect(failing.newest('WorstTenantErrorShare')).toBeGreaterThan(50);
    expect(failing.newest('ErrorLineShare')).toBeLessThan(20);
  });

  it('takes a part of a period for the whole where there was too much to read', () => {
    const log = newServiceLog();
    const miner = createTemplateMiner();
    const lines = Array.from({ length: 10 }, (_, index) => logLine(start + index * 100, 'WARN busy'));
    const stretch = { from: start, to: start + 5000, readTo: start + 1000, periodSeconds };
    countLines(log, miner, lines, stretch);
    expect(log.lines).toBeCloseTo(50);
    expect(log.cursor).toBe(start + 5000);
  });

  it('counts a line once, however often it is read, and one that comes late as well', () => {
    const log = newServiceLog();
    const miner = createTemplateMiner();
    const first = [logLine(start + 4000, 'WARN busy'), logLine(start + 4500, 'WARN busy')];
    countLines(log, miner, first, { from: start, to: start + 5000, readTo: start + 5000, periodSeconds });
    expect(log.rereadFrom).toBe(start - 10_000);
    const late = logLine(start + 4700, 'WARN late');
    const twice = logLine(start + 4500, 'WARN busy');
    const again = [...first, late, twice, logLine(start + 6000, 'WARN busy')];
    countLines(log, miner, again, { from: start + 5000, to: start + 10_000, readTo: start + 10_000, periodSeconds });
    expect(miner.templates().map(({ pattern, count }) => [pattern, count])).toEqual([
      ['WARN late', 1],
      ['WARN busy', 4],
    ]);
  });

  it('stays small and keeps what it knows in a flood of lines that are all different', () => {
    const { live, log, miner } = watched();
    const word = (value: number) => [...String(value)].map((digit) => 'abcdefghij'[Number(digit)]).join('');
    live(900, usual);
    for (let minute = 0; minute < 20; minute += 1) {
      const flood = live(60, (at) => [
        ...usual(at),
        ...Array.from({ length: 200 }, (_, index) => {
          const value = at / 1000 + index * 7919;
          return `ERROR ${word(value)} ${word(value * 3)} ${word(value * 7)} broke ${word(value * 11)}`;
        }),
      ]);
      expect(flood.highest('NewErrorPattern')).toBeLessThan(1);
    }
    expect(log.patterns.size).toBeLessThanOrEqual(400);
    expect(miner.templates().length).toBeLessThanOrEqual(4096);
    const known = miner.templates().filter(({ pattern }) => pattern.includes('handled request'));
    expect(known).toHaveLength(1);
  });
});
