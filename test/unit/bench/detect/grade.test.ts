import { describe, expect, it } from 'vitest';
import { drawBesideRelease, drawPair } from '../../../../bench/detect/draw-runs.ts';
import { gradeRun } from '../../../../bench/detect/grade.ts';
import { incidentIdSchema, serviceNameSchema } from '../../../../lambdas/domain/ids.ts';
import type { Opening } from '../../../../lambdas/domain/incident/correlate.ts';
import { newIncident } from '../../../../lambdas/domain/incident/new-incident.ts';
import { truthOf } from '../../../../lambdas/workload/faults/definition.ts';
import { loadCatalogue } from '../../../../lambdas/workload/faults/load-catalogue.ts';
import { describeFleet, initialFleet } from '../../../../lambdas/workload/fleet.ts';

const catalogue = loadCatalogue();
const topology = describeFleet(initialFleet({ seed: 1, at: 0 }));
const id = incidentIdSchema.parse('01ARZ3NDEKTSV4RRFFQ69G5FAV');

const openedAt = (service: string, at: number) => {
  const opening: Opening = {
    kind: 'observed',
    service: serviceNameSchema.parse(service),
    anomalies: [],
    reason: 'seen',
    forecast: null,
  };
  return newIncident(opening, id, at);
};

describe('a graded run', () => {
  const plan = drawPair(catalogue, 1);
  const [first, second] = plan.faults.map((fault) => ({ service: truthOf(fault).service, at: fault.startedAt + 6500 }));
  if (first === undefined || second === undefined) throw new Error('a pair is two');
  const grade = (...services: readonly string[]) =>
    gradeRun({
      plan,
      topology,
      incidents: services.map((service) => openedAt(service, second.at)),
      hurtAt: null,
    });

  it('parts two faults only when there are two incidents and they name both', () => {
    expect(grade(first.service, second.service)).toMatchObject({
      partedRight: true,
      faults: [{ named: true }, { named: true }],
    });
    expect(grade(first.service).partedRight).toBe(false);
    expect(grade(first.service, first.service).partedRight).toBe(false);
    expect(grade(first.service, second.service, 'notifications').partedRight).toBe(false);
    expect(grade()).toMatchObject({ partedRight: false, faults: [{ detectedAfterSeconds: null }, { named: false }] });
  });

  it('counts what opens before anything is wrong as false', () => {
    const early = openedAt(first.service, plan.at + 5000);
    expect(gradeRun({ plan, topology, incidents: [early], hurtAt: null })).toMatchObject({
      falseIncidents: 1,
      incidents: [],
    });
  });

  it('tells when a release without harm is blamed', () => {
    const beside = drawBesideRelease(catalogue, 1);
    const [fault, release] = beside.faults;
    if (fault === undefined || release === undefined) throw new Error('a fault and a release are two');
    expect(release.service).not.toBe(truthOf(fault).service);
    const blame = (service: string) =>
      gradeRun({ plan: beside, topology, incidents: [openedAt(service, fault.startedAt + 60_000)], hurtAt: null });
    expect(blame(release.service)).toMatchObject({ releaseBlamed: true, faults: [{ rootRight: false }] });
    expect(blame(truthOf(fault).service)).toMatchObject({ releaseBlamed: false, faults: [{ rootRight: true }] });
  });
});

describe('drawn pairs', () => {
  it('strike two services with two causes within a minute, the same every time', () => {
    for (let draw = 1; draw <= 50; draw += 1) {
      const plan = drawPair(catalogue, draw);
      expect(plan).toEqual(drawPair(catalogue, draw));
      const [one, other] = plan.faults;
      if (one === undefined || other === undefined) throw new Error('a pair is two');
      expect(truthOf(one).service).not.toBe(truthOf(other).service);
      expect(one.definition.cause).not.toBe(other.definition.cause);
      expect(Math.abs(other.startedAt - one.startedAt)).toBeLessThanOrEqual(60_000);
    }
  });
});
