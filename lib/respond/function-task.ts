import { Duration } from 'aws-cdk-lib';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { IntegrationPattern, JsonPath, TaskInput, Timeout } from 'aws-cdk-lib/aws-stepfunctions';
import { LambdaInvoke } from 'aws-cdk-lib/aws-stepfunctions-tasks';
import type { Construct } from 'constructs';
import type { personTimeoutSeconds } from '../../lambdas/contract/state-machine.ts';
import { platformFailures, throttledOnly } from './retry-policies.ts';

/** What every function is called with. */
const runningPayload = {
  incidentId: JsonPath.stringAt('$.incidentId'),
  attempt: JsonPath.numberAt('$.attempt'),
};

export type FunctionTaskProps = {
  readonly function: IFunction;
  /** Where the machine files the result, for example `$.diagnose`. */
  readonly resultPath: string;
  readonly timeoutSeconds: number;
};

/** Calls one function with the running payload and files its result. */
export const functionTask = (scope: Construct, name: string, props: FunctionTaskProps): LambdaInvoke => {
  const task = new LambdaInvoke(scope, name, {
    lambdaFunction: props.function,
    payload: TaskInput.fromObject(runningPayload),
    payloadResponseOnly: true,
    retryOnServiceExceptions: false,
    resultPath: props.resultPath,
    taskTimeout: Timeout.duration(Duration.seconds(props.timeoutSeconds)),
  });
  task.addRetry(platformFailures);
  return task;
};

export type PersonTaskProps = {
  readonly function: IFunction;
  readonly kind: keyof typeof personTimeoutSeconds;
  /** A literal limit: a wait for a person never outlasts it. */
  readonly timeoutSeconds: number;
};

/** Asks a person and waits for the task token to come back with the answer. */
export const personTask = (scope: Construct, name: string, props: PersonTaskProps): LambdaInvoke => {
  const task = new LambdaInvoke(scope, name, {
    lambdaFunction: props.function,
    integrationPattern: IntegrationPattern.WAIT_FOR_TASK_TOKEN,
    payload: TaskInput.fromObject({
      ...runningPayload,
      kind: props.kind,
      token: JsonPath.taskToken,
      timeoutSeconds: props.timeoutSeconds,
    }),
    retryOnServiceExceptions: false,
    resultPath: '$.person',
    taskTimeout: Timeout.duration(Duration.seconds(props.timeoutSeconds)),
  });
  task.addRetry(throttledOnly);
  return task;
};

/** The last task of all: it is given the reason besides the running payload. */
export const escalateTask = (scope: Construct, name: string, props: FunctionTaskProps): LambdaInvoke =>
  new LambdaInvoke(scope, name, {
    lambdaFunction: props.function,
    payload: TaskInput.fromObject({ ...runningPayload, reason: JsonPath.stringAt('$.reason') }),
    payloadResponseOnly: true,
    retryOnServiceExceptions: false,
    resultPath: props.resultPath,
    taskTimeout: Timeout.duration(Duration.seconds(props.timeoutSeconds)),
  });
