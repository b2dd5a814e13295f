import { memoryArchive } from '../../lambdas/adapters/memory/archive.ts';
import { memoryDetectorState } from '../../lambdas/adapters/memory/detector-state.ts';
import { memoryIncidents } from '../../lambdas/adapters/memory/incidents.ts';
import { memoryLeases } from '../../lambdas/adapters/memory/leases.ts';
import { memoryLessons } from '../../lambdas/adapters/memory/lessons.ts';
import { memoryMutes } from '../../lambdas/adapters/memory/mutes.ts';
import { memoryRecords } from '../../lambdas/adapters/memory/records.ts';
import { memoryScanArchive } from '../../lambdas/adapters/memory/scan-archive.ts';
import { memorySharedRows } from '../../lambdas/adapters/memory/shared-rows.ts';
import { memoryTaggedResources } from '../../lambdas/adapters/memory/tagged-resources.ts';
import { memoryTelemetry } from '../../lambdas/adapters/memory/telemetry.ts';
import { memoryTransitions } from '../../lambdas/adapters/memory/transitions.ts';
import { describeArchive } from './archive.ts';
import { describeDetectorState } from './detector-state.ts';
import { describeLeases } from './leases.ts';
import { describeLessons } from './lessons.ts';
import { describeModelGate } from './model-gate.ts';
import { describeMutes } from './mutes.ts';
import { describeRecords } from './records.ts';
import { describeScanArchive } from './scan-archive.ts';
import { describeTaggedResources } from './tagged-resources.ts';
import { describeTelemetry } from './telemetry.ts';

describeArchive('memory', async () => memoryArchive());
describeDetectorState('memory', async () => memoryDetectorState());
describeScanArchive('memory', async () => memoryScanArchive());
describeLeases('memory', async () => memoryLeases());
describeLessons('memory', async () => memoryLessons());
describeModelGate('memory', async () => memorySharedRows());
describeMutes('memory', async () => memoryMutes());
describeRecords('memory', async () => {
  const records = memoryRecords();
  return { incidents: memoryIncidents(records), transitions: memoryTransitions(records) };
});
describeTaggedResources('memory', async () => {
  const resources = memoryTaggedResources();
  return {
    resources,
    makeTopic: async (name) => `arn:aws:sns:us-east-1:000000000000:${name}`,
    tag: async (arn, tags) => resources.tag(arn, tags),
    untag: async (arn, names) => resources.untag(arn, names),
    remove: async (arn) => resources.remove(arn),
  };
});
describeTelemetry('memory', async () => {
  const telemetry = memoryTelemetry();
  const base = Math.floor(Date.now() / 300_000) * 300_000 - 600_000;
  return {
    telemetry,
    base,
    publish: async (published) => telemetry.publish(published),
    namespaces: { service: 'Kintsugi/Shop/Service', instance: 'Kintsugi/Shop/Instance' },
  };
});
