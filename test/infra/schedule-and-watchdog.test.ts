import { Match } from 'aws-cdk-lib/assertions';
import { describe, expect, it } from 'vitest';
import { synthesise } from '../support/synthesise.ts';

const { template } = synthesise('aws', { fleet: true });

describe('schedules', () => {
  it('tick every minute, are never retried and leave what fails in a queue', () => {
    const rules = Object.values(template.findResources('AWS::Events::Rule'));
    expect(rules).toHaveLength(2);
    for (const rule of rules) {
      expect(rule['Properties']).toMatchObject({
        ScheduleExpression: 'rate(1 minute)',
        State: 'ENABLED',
        Targets: [
          {
            DeadLetterConfig: { Arn: expect.anything() },
            RetryPolicy: { MaximumEventAgeInSeconds: 60, MaximumRetryAttempts: 0 },
          },
        ],
      });
    }
  });

  it('invoke functions that are not retried either', () => {
    template.resourceCountIs('AWS::Lambda::EventInvokeConfig', 2);
    template.allResourcesProperties('AWS::Lambda::EventInvokeConfig', {
      MaximumEventAgeInSeconds: 60,
      MaximumRetryAttempts: 0,
      DestinationConfig: { OnFailure: { Destination: Match.anyValue() } },
    });
  });

  it('make one pass an invocation on AWS, and loop on a local cloud', () => {
    const loops = (place: 'aws' | 'local') =>
      Object.values(synthesise(place, { fleet: true }).template.findResources('AWS::Lambda::Function')).map(
        (made) => made['Properties'].Environment.Variables.KINTSUGI_LOOP_SECONDS,
      );
    expect(new Set(loops('aws'))).toEqual(new Set(['0']));
    expect(new Set(loops('local'))).toEqual(new Set(['75']));
  });
});

describe('queues and the topic', () => {
  it('are encrypted', () => {
    template.allResourcesProperties('AWS::SQS::Queue', { SqsManagedSseEnabled: true });
    template.allResourcesProperties('AWS::SNS::Topic', { KmsMasterKeyId: Match.anyValue() });
    template.allResourcesProperties('AWS::KMS::Key', { EnableKeyRotation: true });
  });
});

describe('the topic', () => {
  it('takes what alarms of this account publish, and nothing without TLS', () => {
    const [policy, ...others] = Object.values(template.findResources('AWS::SNS::TopicPolicy'));
    expect(others).toEqual([]);
    expect(policy?.['Properties'].PolicyDocument.Statement).toEqual([
      expect.objectContaining({ Effect: 'Deny', Condition: { Bool: { 'aws:SecureTransport': 'false' } } }),
      expect.objectContaining({
        Effect: 'Allow',
        Action: 'sns:Publish',
        Principal: { Service: 'cloudwatch.amazonaws.com' },
        Resource: { Ref: expect.stringMatching(/^notificationstopic/) },
        Condition: { StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } } },
      }),
    ]);
  });
});

describe('the watchdog', () => {
  it.each([
    ['kintsugi-detection-not-running', { TreatMissingData: 'breaching', ComparisonOperator: 'LessThanThreshold' }],
    ['kintsugi-detection-failing', { MetricName: 'Errors' }],
    ['kintsugi-shards-failing', { MetricName: 'Errors' }],
    ['kintsugi-executions-failing', { MetricName: 'ExecutionsFailed' }],
    ['kintsugi-executions-timing-out', { MetricName: 'ExecutionsTimedOut' }],
    ['kintsugi-detection-dead-letters', { MetricName: 'ApproximateNumberOfMessagesVisible' }],
    ['kintsugi-workload-dead-letters', { MetricName: 'ApproximateNumberOfMessagesVisible' }],
  ])('raises %s and says what to do', (AlarmName, properties) => {
    template.hasResourceProperties('AWS::CloudWatch::Alarm', {
      AlarmName,
      ...properties,
      AlarmActions: [Match.anyValue()],
      AlarmDescription: Match.stringLikeRegexp('docs/operations.md'),
    });
  });

  it('shows one page', () => {
    template.hasResourceProperties('AWS::CloudWatch::Dashboard', { DashboardName: 'kintsugi' });
  });
});

describe('the state machine', () => {
  it('is logged and traced', () => {
    template.hasResourceProperties('AWS::StepFunctions::StateMachine', {
      StateMachineName: 'kintsugi-respond',
      LoggingConfiguration: { Level: 'ALL', IncludeExecutionData: false },
      TracingConfiguration: { Enabled: true },
    });
  });
});

describe('the context', () => {
  it('leaves the fleet away', () => {
    const { template: without } = synthesise('aws');
    without.resourcePropertiesCountIs(
      'AWS::Lambda::Function',
      { FunctionName: Match.stringLikeRegexp('fleet|fault') },
      0,
    );
    without.resourceCountIs('AWS::DynamoDB::Table', 6);
  });

  it('names everything after the stage', () => {
    const { template: staged } = synthesise('aws', { stage: 'second', fleet: 'true' });
    for (const type of ['AWS::DynamoDB::Table', 'AWS::Lambda::Function', 'AWS::StepFunctions::StateMachine']) {
      const names = Object.values(staged.findResources(type)).map(
        ({ Properties: { TableName, FunctionName, StateMachineName } }) =>
          TableName ?? FunctionName ?? StateMachineName,
      );
      for (const name of names) expect(name).toMatch(/^second-/);
    }
  });

  it('keeps types away that a local cloud refuses, and custom resources everywhere', () => {
    const types = new Set(
      Object.values<{ Type: string }>(synthesise('local').template.toJSON()['Resources']).map(({ Type }) => Type),
    );
    const refused = [
      'KMS',
      'CompositeAlarm',
      'AnomalyDetector',
      'QueryDefinition',
      'ResourceGroups',
      'TopicInlinePolicy',
      'Custom',
    ];
    expect([...types].filter((type) => refused.some((part) => type.includes(part)))).toEqual([]);
  });
});
