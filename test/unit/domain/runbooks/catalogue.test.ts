import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { catalogue } from '../../../../lambdas/domain/runbooks/catalogue.ts';
import { type RunbookId, runbookIds } from '../../../../lambdas/domain/runbooks/runbook.ts';
import type { Operation } from '../../../../lambdas/domain/topology/operation.ts';
import type { DesiredConfiguration, Service, Topology } from '../../../../lambdas/domain/topology/topology.ts';
import { aTopology, serviceName } from '../../../support/response-examples.ts';

/** What a platform does to desired configuration, written apart from the catalogue. */
const applied = (desired: DesiredConfiguration, operation: Operation): DesiredConfiguration => {
  const without = <T>(list: readonly T[], item: T) => list.filter((each) => each !== item);
  const added = <T>(list: readonly T[], item: T) => [...without(list, item), item];
  switch (operation.type) {
    case 'setInstanceCount':
      return { ...desired, instanceCount: operation.count };
    case 'deployVersion':
      return { ...desired, version: operation.version };
    case 'applyConfig':
      return { ...desired, configRevision: operation.revision };
    case 'setCacheLimit':
      return { ...desired, cacheLimitMegabytes: operation.megabytes };
    case 'pauseJob':
      return { ...desired, pausedJobs: added(desired.pausedJobs, operation.job) };
    case 'resumeJob':
      return { ...desired, pausedJobs: without(desired.pausedJobs, operation.job) };
    case 'quarantineMessage':
      return { ...desired, quarantinedMessages: added(desired.quarantinedMessages, operation.message) };
    case 'releaseMessage':
      return { ...desired, quarantinedMessages: without(desired.quarantinedMessages, operation.message) };
    case 'drainZone':
      return { ...desired, drainedZones: added(desired.drainedZones, operation.zone) };
    case 'restoreZone':
      return { ...desired, drainedZones: without(desired.drainedZones, operation.zone) };
    case 'failOverDependency':
      return { ...desired, failedOverDependencies: added(desired.failedOverDependencies, operation.dependency) };
    case 'failBackDependency':
      return { ...desired, failedOverDependencies: without(desired.failedOverDependencies, operation.dependency) };
    case 'setAdmittedShare':
      return { ...desired, admittedShare: operation.share };
    case 'expandVolume':
      return { ...desired, volumeGigabytes: operation.gigabytes };
    case 'rotateCredential':
      return { ...desired, credential: `${desired.credential}+` };
    case 'restartInstance':
    case 'replaceInstance':
    case 'restartService':
    case 'rotateLogs':
    case 'restoreLogs':
    case 'discardLogCopies':
    case 'clearTemporaryFiles':
    case 'restoreTemporaryFiles':
    case 'discardTemporaryCopies':
    case 'flushCache':
    case 'recycleConnections':
      return desired;
  }
};

const parametersOf: Record<RunbookId, Record<string, string | number>> = {
  'restart-instance': { instance: 'middle-one' },
  'replace-instance': { instance: 'middle-two' },
  'scale-out': { instances: 5 },
  'scale-in': { instances: 1 },
  'rotate-logs': {},
  'clear-temporary-files': {},
  'flush-cache': {},
  'recycle-connections': {},
  'pause-job': { job: 'nightly-report' },
  'restart-service': {},
  'cap-cache': { megabytes: 100 },
  'roll-back-deploy': { version: 'v1' },
  'restore-config': { revision: 'c1' },
  'quarantine-message': { message: 'order-7' },
  'fail-over-zone': { zone: 'west' },
  'fail-over-dependency': { dependency: 'store' },
  'rotate-credential': {},
  'limit-callers': { share: 0.4 },
  'expand-volume': { gigabytes: 90 },
};

const withDesired = (desired: DesiredConfiguration): { topology: Topology; service: Service } => {
  const topology = aTopology({ middle: { desired } });
  const service = topology.services[1];
  if (service === undefined) throw new Error('the example has three services');
  return { topology, service };
};

const configurations = fc
  .record({
    instanceCount: fc.integer({ min: 2, max: 4 }),
    cacheLimitMegabytes: fc.option(fc.integer({ min: 101, max: 900 })),
    volumeGigabytes: fc.integer({ min: 30, max: 80 }),
    admittedShare: fc.constantFrom(0.5, 0.8, 1),
    pausedJobs: fc.subarray(['nightly-report', 'other-job']),
    drainedZones: fc.subarray(['west']),
    quarantinedMessages: fc.subarray(['order-1', 'order-7']),
    failedOver: fc.boolean(),
  })
  .map(
    ({ failedOver, ...rest }): DesiredConfiguration => ({
      ...rest,
      version: 'v2',
      configRevision: 'c2',
      connectionPoolSize: 10,
      credential: 'key-1',
      failedOverDependencies: failedOver ? [serviceName('store')] : [],
    }),
  );

describe('the catalogue', () => {
  it.each(runbookIds)('%s is filed under its own id', (id) => {
    expect(catalogue[id].id).toBe(id);
  });

  it.each(runbookIds)(
    '%s: undoing restores every field of desired configuration, or it says that nothing can',
    (id) => {
      let carriedOut = 0;
      fc.assert(
        fc.property(configurations, (desired) => {
          const runbook = catalogue[id];
          const { topology } = withDesired(desired);
          const parameters = { service: 'middle', ...parametersOf[id] };
          const prepared = runbook.prepare(parameters, topology);
          if ('refused' in prepared) return;
          carriedOut += 1;
          const after = applied(desired, prepared.operation);
          const undo = runbook.undo(parameters, desired);
          if (runbook.reversibility.kind === 'reversible') {
            expect(undo.length).toBeGreaterThan(0);
            expect(undo.reduce(applied, after)).toEqual(desired);
          } else {
            expect(undo).toEqual([]);
          }
          if (runbook.reversibility.kind === 'transient') expect(after).toEqual(desired);
        }),
        { numRuns: 60, seed: 7 },
      );
      expect(carriedOut).toBeGreaterThan(0);
    },
  );

  it('fixes the risks', () => {
    const ofRisk = (risk: string) => runbookIds.filter((id) => catalogue[id].risk === risk).sort();
    expect(ofRisk('low')).toEqual([
      'clear-temporary-files',
      'flush-cache',
      'pause-job',
      'recycle-connections',
      'replace-instance',
      'restart-instance',
      'rotate-logs',
      'scale-out',
    ]);
    expect(ofRisk('medium')).toEqual([
      'cap-cache',
      'quarantine-message',
      'restart-service',
      'restore-config',
      'roll-back-deploy',
      'scale-in',
    ]);
    expect(ofRisk('high')).toEqual(['fail-over-dependency', 'fail-over-zone', 'limit-callers', 'rotate-credential']);
    expect(ofRisk('irreversible')).toEqual(['expand-volume']);
  });

  it.each([
    ['restart-instance', { service: 'middle', instance: 'front-one' }, /no instance/],
    ['restart-service', { service: 'nowhere' }, /no service/],
    ['scale-out', { service: 'middle', instances: 3 }, /not more/],
    ['scale-out', { service: 'middle', instances: 12 }, /three times/],
    ['scale-in', { service: 'middle', instances: 3 }, /not fewer/],
    ['roll-back-deploy', { service: 'middle', version: 'v9' }, /not an earlier version/],
    ['restore-config', { service: 'middle', revision: 'c9' }, /not an earlier configuration/],
    ['pause-job', { service: 'middle', job: 'other' }, /no job/],
    ['fail-over-zone', { service: 'middle', zone: 'north' }, /no instance in zone/],
    ['fail-over-dependency', { service: 'front', dependency: 'store' }, /does not depend/],
    ['fail-over-dependency', { service: 'front', dependency: 'middle' }, /no standby/],
    ['expand-volume', { service: 'middle', gigabytes: 40 }, /40 GB already/],
    ['rotate-logs', { service: 'middle', command: 'rm -rf /' }, /command/],
  ] as const)('%s refuses %j', (id, parameters, reason) => {
    expect(catalogue[id].prepare(parameters, aTopology())).toEqual({ refused: expect.stringMatching(reason) });
  });
});
