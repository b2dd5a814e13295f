import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { chooseFault } from '../../../../scripts/operator/choose-fault.ts';
import { drawAnySoonHurting, drawSoonHurting } from '../../../../scripts/operator/soon-hurting.ts';
import { UserError } from '../../../../scripts/user-error.ts';

const now = Date.UTC(2030, 0, 1);
const choice = { severity: '0.8', seed: '7' };

describe('choosing a fault', () => {
  it('draws what was left out, the same for the same seed', () => {
    const one = chooseFault({ ...choice, kind: 'cpu' }, now);
    expect(one).toEqual(chooseFault({ ...choice, kind: 'cpu' }, now));
    expect(one).toMatchObject({ severity: 0.8, endsAt: null, seed: 7, definition: { kind: 'cpu' } });
    const drawn = Array.from({ length: 20 }, (_, seed) =>
      chooseFault({ ...choice, kind: 'cpu', seed: `${seed}` }, now),
    );
    expect(new Set(drawn.map((fault) => fault.definition.cause)).size).toBeGreaterThan(1);
  });

  it('keeps to what was asked', () => {
    const fault = chooseFault(
      { kind: 'cpu', cause: 'traffic-surge', service: 'search', severity: '0.3', seed: '1', for: '10m' },
      now,
    );
    expect(fault).toMatchObject({ service: 'search', severity: 0.3, endsAt: now + 600_000 });
    expect(fault.definition.cause).toBe('traffic-surge');
  });

  it.each([
    [{ kind: 'smoke' }, /cpu, memory, disk, crash, latency, errors/],
    [{ kind: 'cpu', cause: 'smoke' }, /traffic-surge/],
    [{ kind: 'cpu', service: 'smoke' }, /checkout/],
    [{ kind: 'cpu', cause: 'traffic-surge', service: 'orders-db' }, /cannot strike orders-db/],
    [{ kind: 'cpu', severity: '0.2' }, /0.3 to 1/],
    [{ kind: 'cpu', severity: 'high' }, /0.3 to 1/],
    [{ kind: 'cpu', for: '10' }, /90s, 10m, 2h or 7d/],
    [{ kind: 'cpu', seed: 'x' }, /--seed/],
    [{}, /Which kind/],
    [{ file: '/nowhere/fault.yaml' }, /no such file/],
  ])('refuses %j in one line that says what is valid', (asked, complaint) => {
    const choosing = () => chooseFault({ ...choice, ...asked }, now);
    expect(choosing).toThrow(UserError);
    expect(choosing).toThrow(complaint);
  });
});

describe('a fault file', () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'kintsugi-fault-'));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  const file = (text: string): string => {
    const path = join(folder, 'mine.yaml');
    writeFileSync(path, text);
    return path;
  };
  const mine = `cause: my-spin
kind: cpu
title: Mine
truth: { mechanism: runawayWork, service: struck }
services: [cart]
scope: one
carrier: process
perturbations:
  - { parameter: backgroundCpu, from: 0.2, to: 0.9 }
`;

  it('is injected without code', () => {
    const fault = chooseFault({ ...choice, file: file(mine) }, now);
    expect(fault).toMatchObject({ service: 'cart', definition: { cause: 'my-spin' } });
  });

  it('is refused with its path and the field', () => {
    const path = file(mine.replace('kind: cpu', 'kind: smoke'));
    expect(() => chooseFault({ ...choice, file: path }, now)).toThrow(new RegExp(`${path}: kind`));
    expect(() => chooseFault({ ...choice, file: file('{') }, now)).toThrow(UserError);
    expect(() => chooseFault({ ...choice, kind: 'cpu', file: path }, now)).toThrow('leave them out');
  });
});

describe('faults that hurt soon', () => {
  it('are drawn of a kind, on none of the services to avoid', () => {
    const fault = drawSoonHurting('crash', 3, now);
    expect(fault?.definition).toMatchObject({ kind: 'crash', hurtsWithinFiveMinutes: true });
    for (let seed = 0; seed < 30; seed += 1)
      expect(drawSoonHurting('crash', seed, now, new Set(['inventory', 'cart']))?.service).not.toMatch(
        /^(inventory|cart)$/,
      );
  });

  it('are found for every seed', () => {
    for (let seed = 0; seed < 12; seed += 1)
      expect(drawAnySoonHurting(seed, now).definition.hurtsWithinFiveMinutes).toBe(true);
  });
});
