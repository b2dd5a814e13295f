import { Duration } from 'aws-cdk-lib';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Architecture, Function as LambdaFunction, Runtime, Tracing } from 'aws-cdk-lib/aws-lambda';
import { SqsDestination } from 'aws-cdk-lib/aws-lambda-destinations';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import type { CommonEnvironment } from '../lambdas/contract/environment.ts';
import { type FunctionName, resourceNames } from '../lambdas/contract/stage.ts';
import { requireRoom } from './environment-room.ts';
import type { FunctionCode } from './function-code.ts';
import { acknowledgeWildcards, type Grant, give } from './grant.ts';
import { removal } from './records.ts';
import type { Settings } from './settings.ts';

type Environment = Readonly<Partial<Record<keyof CommonEnvironment, string | undefined>>>;

export type NodeFunctionProps = {
  readonly name: FunctionName;
  /** What it is for, one line, shown in the console. */
  readonly description: string;
  readonly timeoutSeconds: number;
  readonly memoryMegabytes: number;
  readonly grants: readonly Grant[];
  /** Settings that this function alone is given. */
  readonly environment?: Environment;
  /** Set for a function that is invoked without anyone waiting: where its failed events go. */
  readonly deadLetters?: IQueue;
};

/** What every function shares. */
export type FunctionGround = {
  readonly settings: Settings;
  readonly code: FunctionCode;
  readonly environment: Environment;
};

/**
 * The only place where a Lambda is made. Each has its own role with its own
 * grants and nothing else: no managed policy, no right to make log groups.
 */
export function nodeFunction(scope: Construct, ground: FunctionGround, props: NodeFunctionProps): LambdaFunction {
  const { settings } = ground;
  const functionName = resourceNames(settings.stage).function(props.name);
  const logGroup = new LogGroup(scope, `${props.name}-log`, {
    logGroupName: `/aws/lambda/${functionName}`,
    retention: settings.logRetentionDays,
    removalPolicy: removal(settings),
  });
  const role = new Role(scope, `${props.name}-role`, { assumedBy: new ServicePrincipal('lambda.amazonaws.com') });
  logGroup.grantWrite(role);
  give(role, props.grants);
  const traced = !settings.local;
  if (traced) acknowledgeWildcards(role, ['*'], 'Traces are sent to X-Ray by calls that take no resource.');
  const { code, version } = ground.code.of(props.name);
  const environment = {
    ...defined({ ...ground.environment, ...props.environment }),
    KINTSUGI_CODE_VERSION: version,
    POWERTOOLS_SERVICE_NAME: props.name,
  };
  requireRoom(functionName, environment);
  return new LambdaFunction(scope, props.name, {
    functionName,
    description: props.description,
    runtime: Runtime.NODEJS_24_X,
    architecture: settings.local && process.arch === 'x64' ? Architecture.X86_64 : Architecture.ARM_64,
    handler: `${props.name}.handler`,
    code,
    role,
    logGroup,
    memorySize: props.memoryMegabytes,
    timeout: Duration.seconds(props.timeoutSeconds),
    // What failed is asked again by the next tick, which knows more.
    ...(props.deadLetters === undefined
      ? {}
      : { retryAttempts: 0, maxEventAge: Duration.seconds(60), onFailure: new SqsDestination(props.deadLetters) }),
    tracing: traced ? Tracing.ACTIVE : Tracing.DISABLED,
    environment,
  });
}

function defined(environment: Environment): Record<string, string> {
  return Object.fromEntries(
    Object.entries(environment).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );
}
