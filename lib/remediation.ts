import { Duration } from 'aws-cdk-lib';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { DefinitionBody, LogLevel, StateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { Construct } from 'constructs';
import { resourceNames } from '../lambdas/contract/stage.ts';
import { acknowledgeWildcards, type Grant } from './grant.ts';
import type { Grants } from './grants.ts';
import { type FunctionGround, type NodeFunctionProps, nodeFunction } from './node-function.ts';
import { removal } from './records.ts';
import { type RespondFunctions, respondDefinition } from './respond-definition.ts';

/** Answers one incident: the state machine and the functions it calls. */
export class Remediation extends Construct {
  readonly machine: StateMachine;

  constructor(scope: Construct, id: string, ground: FunctionGround, grants: Grants) {
    super(scope, id);
    const { settings } = ground;
    const machineName = resourceNames(settings.stage).stateMachine;
    const logs = new LogGroup(this, 'machine-log', {
      // Step Functions asks for this prefix: log groups elsewhere run into the size limit of a resource policy.
      logGroupName: `/aws/vendedlogs/states/${machineName}`,
      retention: settings.logRetentionDays,
      removalPolicy: removal(settings),
    });
    const functions = this.functions(ground, grants);
    this.machine = new StateMachine(this, 'machine', {
      stateMachineName: machineName,
      definitionBody: DefinitionBody.fromChainable(respondDefinition(this, functions, settings.scanIntervalSeconds)),
      // Three attempts, each with the longest wait for a person, and room for the rest.
      timeout: Duration.hours(6),
      tracingEnabled: true,
      logs: { destination: logs, level: LogLevel.ALL, includeExecutionData: false },
      removalPolicy: removal(settings),
    });
    acknowledgeWildcards(
      this.machine,
      ['*'],
      'Delivery of logs and traces is arranged by calls that take no resource.',
    );
    acknowledgeWildcards(
      this.machine,
      Object.values(functions).map(({ functionArn }) => `${functionArn}:*`),
      'The versions of one function, which the construct adds to the function itself.',
    );
  }

  private functions(ground: FunctionGround, grants: Grants): RespondFunctions {
    const make = (
      name: NodeFunctionProps['name'],
      description: string,
      more: readonly Grant[],
      timeoutSeconds = 30,
      environment: NodeFunctionProps['environment'] = {},
    ): IFunction =>
      nodeFunction(this, ground, {
        name,
        description,
        timeoutSeconds,
        memoryMegabytes: 512,
        grants: [...grants.readRecords(), ...more],
        environment,
      });
    const { settings: models, keys } = ground.settings.models;
    const modelSettings = {
      KINTSUGI_MODELS: JSON.stringify(models),
      ...(Object.keys(keys).length === 0 ? {} : { KINTSUGI_MODEL_KEYS: JSON.stringify(keys) }),
    };
    const askModel = [
      ...grants.readArchive(),
      ...grants.writeArchive(),
      ...grants.askModels(),
      ...grants.file('agent-decisions', 'llm-actions'),
    ];
    return {
      'gather-evidence': make(
        'gather-evidence',
        'Freezes the evidence that a diagnosis may cite',
        [
          ...grants.move(),
          ...grants.readSamples(),
          ...grants.listSeries(),
          ...grants.readLogs(),
          ...grants.describeTarget(),
          ...grants.readArchive(),
          ...grants.writeArchive(),
        ],
        120,
      ),
      diagnose: make(
        'diagnose',
        'Asks the model for the cause, and the scorer for its support',
        askModel,
        120,
        modelSettings,
      ),
      plan: make('plan', 'Asks the model for runbooks of the catalogue', askModel, 120, modelSettings),
      decide: make('decide', 'Lets policy say who may act', [
        ...grants.move(),
        ...grants.describeTarget(),
        ...grants.file('agent-decisions'),
      ]),
      'ask-person': make('ask-person', 'Puts the question to a person', [...grants.question(), ...grants.notify()]),
      act: make('act', 'Carries out the plan step by step', [
        ...grants.move(),
        ...grants.lease(),
        ...grants.describeTarget(),
        ...grants.file('remediations'),
      ]),
      verify: make(
        'verify',
        "Judges the recovery by the incident's own yardstick",
        [
          ...grants.move(),
          ...grants.lease(),
          ...grants.readSamples(),
          ...grants.readArchive(),
          ...grants.describeTarget(),
          ...grants.file('agent-decisions'),
        ],
        60,
      ),
      undo: make('undo', 'Puts back what did not help', [
        ...grants.lease(),
        ...grants.operateTarget(),
        ...grants.file('remediations'),
      ]),
      close: make('close', 'Closes a recovered incident', [
        ...grants.move(),
        ...grants.lock(),
        ...grants.lease(),
        ...grants.operateTarget(),
      ]),
      escalate: make('escalate', 'Hands the incident to people', [
        ...grants.move(),
        ...grants.lease(),
        ...grants.notify(),
      ]),
    };
  }
}
