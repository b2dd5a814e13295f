import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { maskLine } from '../../../../../lambdas/domain/signal/log-templates/mask-line.ts';

const masked = (line: string) => maskLine(line, 128).join(' ');

describe('masking', () => {
  it.each([
    ['took 12 ms', 'took *'],
    ['took 12ms, retry in 3.5 s', 'took * , retry in *'],
    ['sent 1024 bytes (1.00 KB) ok', 'sent * ok'],
    ['from 10.0.0.1:8080 to db.internal:5432', 'from * to *'],
    ['peer 2001:db8::1:ff up', 'peer * up'],
    ['mac 00:1b:44:11:3a:b7 seen', 'mac * seen'],
    ['mail ann@example.org bounced', 'mail * bounced'],
    ['id 3d1f8c9e-aaaa-bbbb-cccc-1234567890ab gone', 'id * gone'],
    ['at 0xdeadbeef and deadbeefcafe', 'at * and *'],
    ['open /var/log/app.log failed', 'open * failed'],
    ['open C:\\Temp\\x failed', 'open C : * failed'],
    ['GET /v1/orders?limit=3&after=b HTTP/1.1', 'GET *'],
    ['read/write mismatch', 'read/write mismatch'],
    ['at Fri Jun 17 07:07:00 2005', 'at *'],
    ['tag="View Lock", on=true', 'tag = * , on = *'],
    ['items [1, 2, 3] left', 'items [ * ] left'],
    ['node=a1 ok; node=a2 ok; node=a3 ok', 'node = * ok ; node = * ok'],
    ['class com.example.Main failed', 'class com.example.Main failed'],
    ['store op......................7', 'store op *'],
  ])('%s', (line, expected) => {
    expect(masked(line)).toBe(expected);
  });

  it('takes any text, and never more tokens than asked for', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 400 }), (line) => maskLine(line, 20).length <= 20));
  });

  it('gives the same answer whatever the numbers are', () => {
    fc.assert(
      fc.property(fc.integer(), fc.integer(), (one, two) => {
        expect(masked(`order ${one} of user ${two} placed`)).toBe(masked('order 1 of user 2 placed'));
      }),
    );
  });
});
