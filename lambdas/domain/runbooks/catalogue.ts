import { type BoundRunbook, bindRunbook as bind } from './bind-runbook.ts';
import { capCache, flushCache } from './cache-runbooks.ts';
import { restartService, scaleIn, scaleOut } from './capacity-runbooks.ts';
import { rotateCredential } from './credential-runbooks.ts';
import { replaceInstance, restartInstance } from './instance-runbooks.ts';
import { restoreConfig, rollBackDeploy } from './release-runbooks.ts';
import type { RunbookId } from './runbook.ts';
import { clearTemporaryFiles, expandVolume, rotateLogs } from './storage-runbooks.ts';
import { failOverDependency, failOverZone, limitCallers, recycleConnections } from './traffic-runbooks.ts';
import { pauseJob, quarantineMessage } from './work-runbooks.ts';

/** Every act there is. Nothing outside this map is ever carried out. */
export const catalogue: { readonly [Id in RunbookId]: BoundRunbook } = {
  'restart-instance': bind(restartInstance),
  'replace-instance': bind(replaceInstance),
  'scale-out': bind(scaleOut),
  'rotate-logs': bind(rotateLogs),
  'clear-temporary-files': bind(clearTemporaryFiles),
  'flush-cache': bind(flushCache),
  'recycle-connections': bind(recycleConnections),
  'pause-job': bind(pauseJob),
  'restart-service': bind(restartService),
  'scale-in': bind(scaleIn),
  'cap-cache': bind(capCache),
  'roll-back-deploy': bind(rollBackDeploy),
  'restore-config': bind(restoreConfig),
  'quarantine-message': bind(quarantineMessage),
  'fail-over-zone': bind(failOverZone),
  'fail-over-dependency': bind(failOverDependency),
  'rotate-credential': bind(rotateCredential),
  'limit-callers': bind(limitCallers),
  'expand-volume': bind(expandVolume),
};
