import { describe, expect, test } from 'vitest';
import { truthOf } from '../../../../lambdas/workload/faults/definition.ts';
import { concreteFault, drawFault, FaultChoiceError } from '../../../../lambdas/workload/faults/draw-fault.ts';
import { FaultFileError, parseFaultFile } from '../../../../lambdas/workload/faults/parse-fault-file.ts';
import { catalogue, definitionOf } from '../support.ts';

const good = `cause: slow-disk
kind: latency
title: A disk answers slowly
truth: { mechanism: badInstance, service: struck }
services: [cart]
scope: one
carrier: host
perturbations:
  - { parameter: addedLatency, from: 100, to: 800 }
`;

describe('a fault file', () => {
  test('is read from YAML and from JSON alike, with what it leaves out filled in', () => {
    const fromYaml = parseFaultFile(good, 'slow-disk.yaml');
    expect(parseFaultFile(JSON.stringify(fromYaml), 'slow-disk.json')).toEqual(fromYaml);
    expect(fromYaml).toMatchObject({ rampMinutes: 0, merchantShare: 1, hurtsWithinFiveMinutes: false });
  });

  const broken: readonly (readonly [string, string, RegExp])[] = [
    ['an unknown kind', good.replace('kind: latency', 'kind: weather'), /^my\.yaml: kind: .*"cpu"/],
    ['an unknown parameter', good.replace('addedLatency', 'addedMagic'), /^my\.yaml: perturbations\[0\]\.parameter: /],
    ['an unknown field', `${good}colour: red\n`, /^my\.yaml: .*colour/],
    ['an unknown mechanism', good.replace('badInstance', 'gremlins'), /^my\.yaml: truth\.mechanism: /],
    ['a service that is none', good.replace('[cart]', '[warehouse]'), /^my\.yaml: services\[0\]: /],
    [
      'a carrier the service has not',
      good.replace('carrier: host', 'carrier: job'),
      /^my\.yaml: services\[0\]: cart has no job/,
    ],
    ['no perturbation', good.replace(/perturbations:[\s\S]*/, 'perturbations: []\n'), /^my\.yaml: perturbations: /],
    ['text that is no YAML', 'cause: [unclosed', /^my\.yaml: line 1 /],
    ['nothing', '', /^my\.yaml: the file: /],
  ];
  test.each(broken)('with %s is refused in one line that names file and field', (_name, text, message) => {
    expect(() => parseFaultFile(text, 'my.yaml')).toThrow(FaultFileError);
    try {
      parseFaultFile(text, 'my.yaml');
    } catch (error) {
      const words = error instanceof Error ? error.message : '';
      expect(words).toMatch(message);
      expect(words).not.toContain('\n');
    }
  });
});

describe('a fault is made concrete', () => {
  const wish = { seed: 1, id: 'one', startedAt: 0 };

  test('by its seed alone: cause, service and severity', () => {
    const drawn = Array.from({ length: 200 }, (_, seed) => drawFault({ kind: 'errors', ...wish, seed }, catalogue));
    expect(drawFault({ kind: 'errors', ...wish, seed: 17 }, catalogue)).toEqual(drawn[17]);
    expect(new Set(drawn.map((fault) => fault.definition.cause)).size).toBe(5);
    for (const { severity, definition, service } of drawn) {
      expect(severity).toBeGreaterThanOrEqual(0.3);
      expect(severity).toBeLessThanOrEqual(1);
      expect(definition.services).toContain(service);
    }
  });

  test('as wished where something is wished', () => {
    const fault = drawFault(
      { kind: 'cpu', cause: 'batch-job', service: 'payments', severity: 0.5, ...wish },
      catalogue,
    );
    expect(fault).toMatchObject({ service: 'payments', severity: 0.5, endsAt: null });
    expect(fault.definition.cause).toBe('batch-job');
  });

  const impossible: readonly (readonly [string, object, RegExp])[] = [
    ['kind', { kind: 'rain' }, /unknown kind rain: one of cpu, memory, disk, crash, latency, errors/],
    ['cause', { kind: 'cpu', cause: 'gremlins' }, /unknown cause gremlins .*traffic-surge/],
    ['service', { kind: 'cpu', service: 'warehouse' }, /unknown service warehouse: one of edge-gateway/],
    [
      'service that it cannot strike',
      { kind: 'disk', cause: 'data-growth', service: 'cart' },
      /cannot strike cart: one of orders-db/,
    ],
    ['severity', { kind: 'cpu', severity: 1.4 }, /severity 1\.4 is not within 0\.3 to 1/],
  ];
  test.each(impossible)('an impossible %s is refused with the valid ones', (_name, other, message) => {
    expect(() => drawFault({ kind: 'cpu', ...wish, ...other }, catalogue)).toThrow(FaultChoiceError);
    expect(() => drawFault({ kind: 'cpu', ...wish, ...other }, catalogue)).toThrow(message);
  });

  test('its truth is its mechanism and the service it struck', () => {
    const fault = concreteFault(definitionOf('slow-dependency'), { ...wish, service: 'orders-db' });
    expect(truthOf(fault)).toEqual({ mechanism: 'slowDependency', service: 'orders-db' });
  });
});
