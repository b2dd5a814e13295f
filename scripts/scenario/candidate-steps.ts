import type { EvidenceBundle } from '../../lambdas/domain/diagnosis/evidence.ts';
import type { PlanStep } from '../../lambdas/domain/plan/plan.ts';
import { catalogue } from '../../lambdas/domain/runbooks/catalogue.ts';
import { type RunbookId, runbookIds } from '../../lambdas/domain/runbooks/runbook.ts';
import type { Service, Topology } from '../../lambdas/domain/topology/topology.ts';

type Parameters = PlanStep['parameters'];

/** Every step that could be carried out on the topology in the evidence, with plain choices for sizes. */
export const candidateSteps = (bundle: EvidenceBundle, only: RunbookId | null = null): readonly PlanStep[] => {
  const known = bundle.items.find((item) => item.type === 'topology');
  if (known === undefined) return [];
  const { topology } = known;
  return runbookIds
    .filter((runbook) => only === null || runbook === only)
    .flatMap((runbook) =>
      topology.services.flatMap((service) =>
        choices(runbook, service, topology)
          .map((parameters) => ({ service: service.name, ...parameters }))
          .filter((parameters) => !('refused' in catalogue[runbook].prepare(parameters, topology)))
          .map((parameters) => ({
            runbook,
            parameters,
            expectedEffect: catalogue[runbook].expectedEffect,
            evidence: [known.id],
          })),
      ),
    );
};

const choices = (runbook: RunbookId, { desired, ...service }: Service, { zones }: Topology): readonly Parameters[] => {
  switch (runbook) {
    case 'restart-instance':
    case 'replace-instance':
      return service.instances.map(({ id }) => ({ instance: id }));
    case 'scale-out':
      return [{ instances: Math.min(12, desired.instanceCount + 1) }];
    case 'scale-in':
      return [{ instances: Math.max(1, desired.instanceCount - 1) }];
    case 'pause-job':
      return service.jobs.map((job) => ({ job }));
    case 'cap-cache':
      return [{ megabytes: 256 }];
    case 'roll-back-deploy':
      return service.previousVersions.map((version) => ({ version }));
    case 'restore-config':
      return service.previousConfigRevisions.map((revision) => ({ revision }));
    case 'fail-over-zone':
      return zones.map((zone) => ({ zone }));
    case 'fail-over-dependency':
      return service.dependsOn.map((dependency) => ({ dependency }));
    case 'limit-callers':
      return [{ share: 0.6 }];
    case 'expand-volume':
      return [{ gigabytes: Math.ceil(desired.volumeGigabytes * 1.5) }];
    case 'quarantine-message':
      return [];
    case 'rotate-logs':
    case 'clear-temporary-files':
    case 'flush-cache':
    case 'recycle-connections':
    case 'restart-service':
    case 'rotate-credential':
      return [{}];
  }
};
