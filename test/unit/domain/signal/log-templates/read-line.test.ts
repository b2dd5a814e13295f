import { describe, expect, it } from 'vitest';
import { readLine } from '../../../../../lambdas/domain/signal/log-templates/read-line.ts';

const textOf = (line: string) => readLine(line)?.text;

describe('reading a line', () => {
  it.each([
    ['GET /cart/12/items took 87ms', 'GET <path> took <n>'],
    [
      '2026-03-03T10:00:00.123Z ERROR call to payments timed out after 2000 ms',
      '<time> ERROR call to payments timed out after <n>',
    ],
    ['connect to 10.0.3.7:5432 refused', 'connect to <address> refused'],
    ['order 5d0a7f0e-1111-4222-8333-444455556666 rejected', 'order <id> rejected'],
    ['blob deadbeef01 at 0x7ffe lost', 'blob <hex> at <hex> lost'],
    ["could not parse field 'amount' of order-991", "could not parse field 'amount' of <id>"],
    ['upstream answered with status 503', 'upstream answered with status 503'],
    ['mail to someone@example.com bounced', 'mail to <email> bounced'],
  ])('masks what differs from line to line: %s', (line, template) => {
    expect(textOf(line)).toBe(template);
  });

  it('groups lines that differ in nothing but names', () => {
    const lines = [1, 22, 333].map((n) => `merchant m-${n} order ${n} failed after ${n}.5ms`);
    expect(new Set(lines.map(textOf)).size).toBe(1);
  });

  it('reads JSON lines by level, message and error name', () => {
    const line = JSON.stringify({
      time: '2026-03-03T10:00:00Z',
      level: 'error',
      message: 'payment 771 failed',
      error: { name: 'TimeoutError', message: 'gave up after 2000ms', stack: 'at secret (/srv/x.js:1:1)' },
      merchant: 'm-7',
      messageKey: 'order-12',
    });
    expect(readLine(line)).toEqual({
      text: 'payment <n> failed TimeoutError: gave up after <n>',
      level: 'error',
      names: ['m-7', 'order-12'],
      tenants: ['m-7'],
    });
  });

  it('folds stack traces, and keeps what was the cause', () => {
    const java =
      'java.lang.IllegalStateException: no stock\n\tat shop.Stock.take(Stock.java:71)\n\tat shop.Main.run(Main.java:3)\nCaused by: java.net.ConnectException: refused\n\t... 12 more';
    expect(textOf(java)).toBe(
      'java.lang.IllegalStateException: no stock Caused by: java.net.ConnectException: refused',
    );
    const python = 'Traceback (most recent call last):\n  File "a.py", line 3, in f\n    x()\nKeyError: amount';
    expect(textOf(python)).toBe('KeyError: amount');
    expect(readLine('    at shop.Stock.take(Stock.java:71)')).toBeNull();
  });

  it('finds merchants in either form', () => {
    expect(readLine('request failed merchant=m-17 status=500')?.tenants).toEqual(['m-17']);
    expect(readLine('tenant 42 was refused')?.tenants).toEqual(['42']);
    expect(readLine('the merchant portal is up')?.tenants).toEqual([]);
  });

  it('strips control characters and bounds every length', () => {
    const read = readLine(`bad\u0007 \u202eline\u0000 ${'word '.repeat(5000)}`);
    expect(read?.text).toMatch(/^bad line/);
    expect(read?.text.length).toBeLessThanOrEqual(240);
    const values = readLine(Array.from({ length: 500 }, (_, index) => `key-${index}`).join(' '));
    expect(values?.names.length).toBeLessThanOrEqual(12);
  });

  it('does not take a thread for something that the line is about', () => {
    expect(readLine('WARN [worker-3] message ord-67537a99 is too large')).toMatchObject({
      text: 'WARN [<id>] message <id> is too large',
      names: ['ord-67537a99'],
    });
  });

  it('reads a cut-off JSON line as text instead of failing', () => {
    expect(readLine('{"level":"error","message":"call to pay')?.text).toContain('call to pay');
  });

  it.each([
    ['a password', 'login failed for job-77123, password=hunter2hunter2', 'hunter2hunter2'],
    [
      'a password in JSON',
      '{"message":"login failed","user":"job-77123","password":"hunter2hunter2"}',
      'hunter2hunter2',
    ],
    ['a bearer header', 'refused job-77123, Authorization: Bearer abcdEFGH1234ijklMNOP', 'abcdEFGH1234ijklMNOP'],
    ['a key', 'job-77123 asked with api_key=abcd1234efgh5678', 'abcd1234efgh5678'],
    [
      'a key that is said twice',
      'job-77123: api_key=abcd1234efgh5678 is bad, key abcd1234efgh5678',
      'abcd1234efgh5678',
    ],
    [
      'a password written with escapes',
      String.raw`{"message":"no","user":"job-77123","password":"hunter2\/hunter2"}`,
      'hunter2/hunter2',
    ],
    ['a password after a hidden character', 'job-77123 pass\u200bword=hunter2hunter2', 'hunter2hunter2'],
  ])('names no secret: %s', (_, line, secret) => {
    const read = readLine(line);
    expect(read?.names).toContain('job-77123');
    expect(read?.names.join(' ')).not.toContain(secret);
  });

  it('reads a line of the longest kind in little time, whatever it is made of', () => {
    const before = performance.now();
    for (const note of [`authorization:${' '.repeat(60_000)}`, '-eyJaaaaaaaa'.repeat(5_000), 'token='.repeat(10_000)])
      readLine(JSON.stringify({ message: 'call failed', note }));
    expect(performance.now() - before).toBeLessThan(1_000);
  });
});
