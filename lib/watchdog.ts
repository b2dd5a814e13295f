import { Duration } from 'aws-cdk-lib';
import {
  Alarm,
  ComparisonOperator,
  Dashboard,
  GraphWidget,
  type IMetric,
  type Metric,
  TextWidget,
  TreatMissingData,
} from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import type { StateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { Construct } from 'constructs';
import type { Notifications } from './notifications.ts';
import type { Settings } from './settings.ts';

export type Watched = {
  readonly detect: IFunction;
  readonly scanShard: IFunction;
  readonly machine: StateMachine;
  /** By the name that people know them by. */
  readonly deadLetters: Readonly<Record<string, Queue>>;
  readonly notifications: Notifications;
};

const minute = Duration.minutes(1);
const fiveMinutes = Duration.minutes(5);

/** Alarms on Kintsugi itself, and one page that shows it at work. */
export class Watchdog extends Construct {
  private readonly prefix: string;
  private readonly action: SnsAction;

  constructor(scope: Construct, id: string, settings: Settings, watched: Watched) {
    super(scope, id);
    this.prefix = settings.stage;
    this.action = new SnsAction(watched.notifications.topic);
    const { detect, scanShard, machine } = watched;

    this.alarm('detection-not-running', 'No scan began for three minutes', {
      metric: detect.metricInvocations({ period: minute }),
      threshold: 1,
      below: true,
      periods: 3,
    });
    this.alarm('detection-failing', 'Scans fail', {
      metric: detect.metricErrors({ period: fiveMinutes }),
      threshold: 3,
    });
    this.alarm('shards-failing', 'Scans of single shards fail', {
      metric: scanShard.metricErrors({ period: fiveMinutes }),
      threshold: 3,
    });
    this.alarm('executions-failing', 'An incident was left without its execution', {
      metric: machine.metricFailed({ period: fiveMinutes }),
      threshold: 1,
    });
    this.alarm('executions-timing-out', 'An incident ran out of time', {
      metric: machine.metricTimedOut({ period: fiveMinutes }),
      threshold: 1,
    });
    for (const [name, queue] of Object.entries(watched.deadLetters)) {
      this.alarm(`${name}-dead-letters`, `Events of ${name} were given up`, {
        metric: queue.metricApproximateNumberOfMessagesVisible({ period: minute, statistic: 'Maximum' }),
        threshold: 1,
      });
    }
    this.dashboard(watched);
  }

  private alarm(
    name: string,
    meaning: string,
    rule: { metric: Metric; threshold: number; below?: boolean; periods?: number },
  ): void {
    const below = rule.below ?? false;
    new Alarm(this, name, {
      alarmName: `${this.prefix}-${name}`,
      alarmDescription: `${meaning}. What to do: docs/operations.md, "${name}".`,
      metric: rule.metric,
      threshold: rule.threshold,
      evaluationPeriods: rule.periods ?? 1,
      comparisonOperator: below
        ? ComparisonOperator.LESS_THAN_THRESHOLD
        : ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      treatMissingData: below ? TreatMissingData.BREACHING : TreatMissingData.NOT_BREACHING,
    }).addAlarmAction(this.action);
  }

  private dashboard({ detect, machine, deadLetters }: Watched): void {
    const graph = (title: string, left: IMetric[]) => new GraphWidget({ title, left, width: 12, height: 6 });
    new Dashboard(this, 'dashboard', {
      dashboardName: this.prefix,
      widgets: [
        [new TextWidget({ markdown: `# ${this.prefix}: the responder itself`, width: 24, height: 1 })],
        [
          graph('Scans', [detect.metricInvocations({ period: minute }), detect.metricErrors({ period: minute })]),
          graph('Time of a scan', [detect.metricDuration({ period: minute, statistic: 'p95' })]),
        ],
        [
          graph('Incidents', [
            machine.metricStarted({ period: fiveMinutes }),
            machine.metricSucceeded({ period: fiveMinutes }),
            machine.metricFailed({ period: fiveMinutes }),
            machine.metricTimedOut({ period: fiveMinutes }),
          ]),
          graph(
            'Dead letters',
            Object.values(deadLetters).map((queue) => queue.metricApproximateNumberOfMessagesVisible()),
          ),
        ],
      ],
    });
  }
}
