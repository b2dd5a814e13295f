/** Names of one stage's resources, the same at synth, at run time and on the command line. */
export const defaultStage = 'kintsugi';

export const resourceNames = (stage: string) => ({
  table: (name: string) => `${stage}-${name}`,
  function: (name: FunctionName) => `${stage}-${name}`,
  stateMachine: `${stage}-respond`,
  topic: `${stage}-notifications`,
  serviceNamespace: `${title(stage)}/Shop/Service`,
  instanceNamespace: `${title(stage)}/Shop/Instance`,
  shopLogGroup: (service: string) => `/${stage}/shop/${service}`,
  changeLogGroup: `/${stage}/shop-changes`,
});

export const functionNames = [
  'simulate-fleet',
  'inject-fault',
  'operate-fleet',
  'detect-anomalies',
  'scan-shard',
  'gather-evidence',
  'diagnose',
  'plan',
  'decide',
  'ask-person',
  'act',
  'verify',
  'undo',
  'close',
  'escalate',
] as const;
export type FunctionName = (typeof functionNames)[number];

/** Outputs of the stack, for the command line; the stack has the name of the stage. */
export const stackOutputs = {
  archiveBucket: 'ArchiveBucketName',
  stateMachineArn: 'StateMachineArn',
  topicArn: 'TopicArn',
  scanIntervalSeconds: 'ScanIntervalSeconds',
  fleetStepSeconds: 'FleetStepSeconds',
  falseAlarmsPerMonth: 'FalseAlarmsPerMonth',
  scanArchiveDays: 'ScanArchiveDays',
} as const;

const title = (stage: string): string => stage.charAt(0).toUpperCase() + stage.slice(1);
