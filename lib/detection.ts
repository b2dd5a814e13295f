import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import type { Grants } from './grants.ts';
import { type FunctionGround, nodeFunction } from './node-function.ts';
import { deadLetterQueue, everyMinute } from './schedule.ts';

/** Watches the telemetry every minute, and opens incidents. */
export class Detection extends Construct {
  readonly detect: IFunction;
  readonly scanShard: IFunction;
  readonly deadLetters: Queue;

  constructor(scope: Construct, id: string, ground: FunctionGround, grants: Grants) {
    super(scope, id);
    const { objectives } = ground.settings.watch;
    this.deadLetters = deadLetterQueue(this, 'dead-letters');
    this.scanShard = nodeFunction(this, ground, {
      name: 'scan-shard',
      description: 'Reads and judges the closed periods of one shard, where there are several',
      // The first scan of a shard learns a day of history.
      timeoutSeconds: 300,
      memoryMegabytes: 1024,
      grants: [...grants.readSamples(), ...grants.detectorState(), ...grants.archiveScans()],
    });
    this.detect = nodeFunction(this, ground, {
      name: 'detect-anomalies',
      description: 'Reads closed periods, judges them, opens incidents and sees that none is forgotten',
      // The first pass after a deploy learns a day of history.
      timeoutSeconds: 300,
      memoryMegabytes: 1024,
      deadLetters: this.deadLetters,
      // Whoever verifies has the objective from the forecast. Where there is none it takes no room.
      environment: { KINTSUGI_WATCH_OBJECTIVES: objectives.length === 0 ? undefined : JSON.stringify(objectives) },
      grants: [
        ...grants.readSamples(),
        ...grants.listSeries(),
        ...grants.readLogs(),
        ...grants.detectorState(),
        ...grants.archiveScans(),
        // The yardsticks of the incidents that it opens.
        ...grants.writeArchive(),
        ...grants.readRecords(),
        ...grants.move(),
        ...grants.lock(),
        ...grants.lease(),
        ...grants.describeTarget(),
        ...grants.scanShards(),
        ...grants.orchestrate(),
        ...grants.notify(),
      ],
    });
    everyMinute(this, 'tick', this.detect, this.deadLetters);
  }
}
