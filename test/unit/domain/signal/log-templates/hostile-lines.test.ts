import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readLine } from '../../../../../lambdas/domain/signal/log-templates/read-line.ts';
import { createTemplateMiner } from '../../../../../lambdas/domain/signal/log-templates/template-miner.ts';
import { tenantsOf } from '../../../../../lambdas/domain/signal/tenants.ts';

const megabyte = 1_000_000;
/** Far more than any of these takes, and far less than what is not bounded would. */
const patienceMilliseconds = 1_500;

const huge: Readonly<Record<string, string>> = {
  'one word': 'a'.repeat(megabyte),
  numbers: '7 '.repeat(megabyte / 2),
  'opening quotes': 'a="'.repeat(megabyte / 3),
  'closing signs': '="\\'.repeat(megabyte / 3),
  'opening brackets': '['.repeat(megabyte),
  'nested JSON': `{"message":${'['.repeat(megabyte / 4)}`,
  'JSON of a megabyte': JSON.stringify({ level: 'error', message: 'order 7 failed', body: 'x'.repeat(megabyte) }),
  logfmt: `msg=x ${'key=value '.repeat(megabyte / 10)}`,
  frames: 'Error: x\n    at f (a.js:1:2)\n'.repeat(megabyte / 30),
  'blank lines': '\n'.repeat(megabyte),
  spaces: `ERROR${' '.repeat(megabyte)}x`,
  'address groups': 'ab:'.repeat(megabyte / 3),
  'mail signs': 'a@'.repeat(megabyte / 2),
  tenants: 'merchant='.repeat(megabyte / 9),
  'control characters': '\u0000\u001b[2J\u202e'.repeat(megabyte / 6),
};

describe('hostile lines', () => {
  it.each(Object.entries(huge))('reads a megabyte of %s in bounded time', (_, line) => {
    const miner = createTemplateMiner();
    const began = performance.now();
    for (let times = 0; times < 5; times += 1) {
      miner.observe(line, times);
      readLine(line);
      tenantsOf(line.slice(0, 4096));
    }
    expect(performance.now() - began).toBeLessThan(patienceMilliseconds);
    const [template] = miner.templates();
    expect(template?.pattern.length).toBeLessThanOrEqual(1024);
    expect(template?.sample.length).toBeLessThanOrEqual(240);
  });

  it('reads the message of a structured line that is too long to be parsed', () => {
    const miner = createTemplateMiner();
    expect(miner.observe(huge['JSON of a megabyte'] ?? '', 0).pattern).toBe('order * failed');
    expect(readLine(huge['JSON of a megabyte'] ?? '')).toMatchObject({ level: 'error', text: 'order <n> failed' });
  });

  it('shows no control character, whatever is written', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (line) => {
        expect(readLine(line)?.text ?? '').not.toMatch(/[\p{Cc}\p{Cf}\p{Co}]/u);
      }),
    );
  });

  it('keeps a bounded number of characters of megabytes of kinds that are all different', () => {
    const limits = { templates: 2048, characters: 200_000 };
    const miner = createTemplateMiner([], limits);
    const word = (value: number) => [...String(value)].map((digit) => 'abcdefghij'[Number(digit)]).join('');
    let written = 0;
    for (let n = 1; written < 2 * megabyte; n += 1) {
      const line = Array.from({ length: 40 }, (_, index) => word(n * 31 + index * 977)).join(' ');
      written += line.length;
      miner.observe(line, n);
      if (n % 50 === 0) miner.observe('heartbeat of the scheduler', n);
    }
    const kept = miner.templates();
    const characters = kept.reduce((sum, { pattern, sample }) => sum + pattern.length + sample.length, 0);
    expect(kept.length).toBeLessThanOrEqual(limits.templates);
    expect(characters).toBeLessThanOrEqual(limits.characters + 2000);
    expect(miner.observe('heartbeat of the scheduler', 0).isNew).toBe(false);
  }, 30_000);
});
