import { describe, expect, it } from 'vitest';
import { foldStackTraces } from '../../../../../lambdas/domain/signal/log-templates/stack-trace.ts';
import { logLineSchema } from '../../../../../lambdas/domain/signal/series.ts';

const line = (service: string, message: string, at = 0) =>
  logLineSchema.parse({ at, service, instance: null, message });

describe('folding stack traces', () => {
  it('joins frames to the line of the same source that they belong to', () => {
    const folded = foldStackTraces([
      line('checkout', 'Error: boom'),
      line('payments', 'charged 3'),
      line('checkout', '    at f (/a/b.js:1:2)'),
      line('checkout', 'Caused by: java.io.IOException: gone'),
      line('checkout', '    ... 12 more'),
      line('checkout', 'next request'),
    ]);
    expect(folded.map(({ message }) => message.split('\n').length)).toEqual([4, 1, 1]);
  });

  it('joins a Python trace up to its last line, which says what happened', () => {
    const folded = foldStackTraces([
      line('checkout', 'Traceback (most recent call last):'),
      line('checkout', '  File "a.py", line 3, in f'),
      line('checkout', '    raise KeyError(x)'),
      line('checkout', 'KeyError: x'),
      line('checkout', 'next request'),
    ]);
    expect(folded.map(({ message }) => message.split('\n').at(-1))).toEqual(['KeyError: x', 'next request']);
  });
});
