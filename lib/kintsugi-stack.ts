import { CfnOutput, Stack, type StackProps } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { resourceNames, stackOutputs } from '../lambdas/contract/stage.ts';
import { stateMachineArn } from './arns.ts';
import { Detection } from './detection.ts';
import { FunctionCode } from './function-code.ts';
import { Grants } from './grants.ts';
import type { FunctionGround } from './node-function.ts';
import { Notifications } from './notifications.ts';
import { Records } from './records.ts';
import { Remediation } from './remediation.ts';
import type { Settings } from './settings.ts';
import { Watchdog } from './watchdog.ts';
import { Workload } from './workload.ts';

/** All of Kintsugi, and the shop it is shown on, in one stack. */
export class KintsugiStack extends Stack {
  constructor(scope: Construct, id: string, settings: Settings, props: StackProps = {}) {
    super(scope, id, props);
    const records = new Records(this, 'records', settings);
    const notifications = new Notifications(this, 'notifications', settings);
    const machineArn = stateMachineArn(this, settings);
    const ground: FunctionGround = {
      settings,
      code: new FunctionCode(this, 'code'),
      environment: {
        KINTSUGI_STAGE: settings.stage,
        KINTSUGI_ARCHIVE_BUCKET: records.archive.bucketName,
        KINTSUGI_SCAN_INTERVAL_SECONDS: String(settings.scanIntervalSeconds),
        KINTSUGI_SETTLING_SECONDS: String(settings.settlingSeconds),
        KINTSUGI_WATCH_NAMESPACES: settings.watch.namespaces,
        KINTSUGI_WATCH_DIMENSIONS: settings.watch.dimensions,
        KINTSUGI_WATCH_TAGS: settings.watch.tags,
        KINTSUGI_WATCH_LIMITS: JSON.stringify(settings.watch.limits),
        KINTSUGI_SERIES_IN_SHARD: String(settings.seriesInShard),
        KINTSUGI_FALSE_ALARMS_PER_MONTH: String(settings.falseAlarmsPerMonth),
        KINTSUGI_FLEET_STEP_SECONDS: String(settings.fleetStepSeconds),
        KINTSUGI_LOOP_SECONDS: String(settings.loopSeconds),
        KINTSUGI_CONTROL_FUNCTION: settings.fleet ? resourceNames(settings.stage).function('operate-fleet') : undefined,
        KINTSUGI_STATE_MACHINE_ARN: machineArn,
        KINTSUGI_TOPIC_ARN: notifications.topic.topicArn,
      },
    };
    const grants = new Grants(this, settings, records, notifications);
    const detection = new Detection(this, 'detection', ground, grants);
    const remediation = new Remediation(this, 'remediation', ground, grants);
    const workload = settings.fleet ? new Workload(this, 'workload', ground) : undefined;
    new Watchdog(this, 'watchdog', settings, {
      detect: detection.detect,
      scanShard: detection.scanShard,
      machine: remediation.machine,
      deadLetters: {
        detection: detection.deadLetters,
        ...(workload === undefined ? {} : { workload: workload.deadLetters }),
      },
      notifications,
    });

    const output = (key: string, value: string) => {
      new CfnOutput(this, key, { value }).overrideLogicalId(key);
    };
    output(stackOutputs.archiveBucket, records.archive.bucketName);
    output(stackOutputs.stateMachineArn, machineArn);
    output(stackOutputs.topicArn, notifications.topic.topicArn);
    output(stackOutputs.scanIntervalSeconds, String(settings.scanIntervalSeconds));
    output(stackOutputs.falseAlarmsPerMonth, String(settings.falseAlarmsPerMonth));
    output(stackOutputs.scanArchiveDays, String(settings.scanArchiveDays));
    output(stackOutputs.fleetStepSeconds, String(settings.fleetStepSeconds));
  }
}
