import { describe, expect, it } from 'vitest';
import { createTemplateMiner } from '../../../../../lambdas/domain/signal/log-templates/template-miner.ts';

describe('the template miner', () => {
  it('groups lines by what they say and keeps a sample of each', () => {
    const miner = createTemplateMiner();
    const first = miner.observe('order 17 placed by user ann', 1);
    const second = miner.observe('order 18 placed by user bob', 2);
    const other = miner.observe('payment 18 declined', 3);
    expect(first).toMatchObject({ isNew: true, pattern: 'order * placed by user *' });
    expect(second).toEqual({ ...first, isNew: false });
    expect(other.id).not.toBe(first.id);
    expect(miner.templates()[0]).toMatchObject({ sample: 'order <n> placed by user <id>', count: 2, lastSeen: 2 });
  });

  it('has the same ids after a restart, also for what was merged', () => {
    const lines = [...'abcdefghijk'].map((letter) => `worker ${letter.repeat(3)} has stopped`);
    const miner = createTemplateMiner();
    lines.forEach((line, at) => void miner.observe(line, at));
    const before = miner.observe('worker zzz has stopped', 20);
    expect(before).toMatchObject({ isNew: false, pattern: 'worker * has stopped' });
    const restarted = createTemplateMiner(JSON.parse(JSON.stringify(miner.templates())));
    for (const line of lines) expect(restarted.observe(line, 30)).toEqual(before);
    expect(createTemplateMiner().observe(lines[0] ?? '', 0).id).toBe(
      createTemplateMiner().observe(lines[0] ?? '', 9).id,
    );
  });

  it('takes a word that varies for a value, and tells by which id its lines go now', () => {
    const miner = createTemplateMiner();
    const ids = [...'abcdefgh'].map((letter, at) => miner.observe(`worker ${letter.repeat(3)} has stopped`, at).id);
    expect(new Set(ids.map((id) => miner.resolve(id))).size).toBe(1);
    expect(miner.templates()).toHaveLength(1);
    expect(miner.templates()[0]?.count).toBe(8);
  });

  it('keeps states apart that are few', () => {
    const miner = createTemplateMiner();
    const states = ['started', 'paused', 'resumed', 'stopped'];
    const ids = states.map((state, at) => miner.observe(`machine ${state} by schedule today`, at).id);
    expect(new Set(ids.map((id) => miner.resolve(id))).size).toBe(4);
  });

  it('forgets the longest unseen when there are too many, and still knows the rest', () => {
    const miner = createTemplateMiner([], { templates: 50, characters: 10_000 });
    const word = (index: number) => [...String(index)].map((digit) => 'abcdefghij'[Number(digit)]).join('');
    for (let index = 0; index < 500; index++) {
      miner.observe('heartbeat of the machine', index);
      miner.observe(`${word(index)} ${word(index * 7)} ${word(index * 13)} ${word(index * 29)}`, index);
    }
    expect(miner.templates().length).toBeLessThanOrEqual(50);
    expect(miner.observe('heartbeat of the machine', 501).isNew).toBe(false);
  });

  it('reads structured lines by message and error, and traces by their headline', () => {
    const miner = createTemplateMiner();
    const pattern = (line: string) => miner.observe(line, 0).pattern;
    expect(pattern('{"level":"INFO","message":"order 17 placed","orderId":17}')).toBe('order * placed');
    expect(
      pattern('2026-01-01T00:00:00Z\tabc-1\tERROR\t{"message":"pay 4 failed","error":{"name":"TimeoutError"}}'),
    ).toBe('TimeoutError : pay * failed');
    expect(pattern('{"errorType":"TypeError","errorMessage":"x is undefined","stack":["a"]}')).toBe(
      'TypeError : x is undefined',
    );
    expect(pattern('Error: boom 3\n    at f (/a/b.js:1:2)\n    at g (/a/c.js:3:4)')).toBe('Error : boom *');
    expect(pattern('Traceback (most recent call last):\n  File "a.py", line 3, in f\nKeyError: x')).toBe(
      'KeyError : x',
    );
    expect(pattern('{"a":1,"b":2}')).toBe('{ a b }');
    expect(pattern('{not json}')).toBe('{ not json }');
    expect(pattern('')).toBe('*');
  });
});
