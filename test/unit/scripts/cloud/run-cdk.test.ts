import { describe, expect, it } from 'vitest';
import { deployContext, stackNameFor } from '../../../../scripts/cloud/parse-context.ts';
import { essence } from '../../../../scripts/cloud/run-cdk.ts';

describe('what is made of pages of cdk output', () => {
  it('is the line that names the cause', () => {
    const output =
      'Synthesis time: 3 s\nkintsugi | CREATE_FAILED | AWS::SQS::Queue | bad name\n ❌  kintsugi failed: it would not\n\nsee above\n';

    expect(essence(output)).toBe('kintsugi failed: it would not');
  });

  it('is its last line when none does, and never nothing', () => {
    expect(essence('one\ntwo\n')).toBe('two');
    expect(essence('')).toBe('it said nothing');
  });
});

describe('the options of a deployment', () => {
  it('become context, and the stage names the stack', () => {
    const context = deployContext({ stage: 'second', context: ['fleet=false', 'note=a=b'] });

    expect(context).toEqual({ stage: 'second', fleet: 'false', note: 'a=b' });
    expect(stackNameFor(context)).toBe('second');
    expect(stackNameFor({})).toBe('kintsugi');
  });

  it.each(['fleet', '=false'])('are refused when malformed: %s', (pair) => {
    expect(() => deployContext({ context: [pair] })).toThrow(/name=value/);
  });
});
