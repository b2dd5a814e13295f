import { ArnFormat, type Stack } from 'aws-cdk-lib';
import { type FunctionName, resourceNames } from '../lambdas/contract/stage.ts';
import type { Settings } from './settings.ts';

export function functionArn(stack: Stack, settings: Settings, name: FunctionName): string {
  return stack.formatArn({
    service: 'lambda',
    resource: 'function',
    resourceName: resourceNames(settings.stage).function(name),
    arnFormat: ArnFormat.COLON_RESOURCE_NAME,
  });
}

export function logGroupArn(stack: Stack, name: string): string {
  return stack.formatArn({
    service: 'logs',
    resource: 'log-group',
    resourceName: `${name}:*`,
    arnFormat: ArnFormat.COLON_RESOURCE_NAME,
  });
}

/** By name, because the functions of the machine know it and the machine knows the functions. */
export function stateMachineArn(stack: Stack, settings: Settings): string {
  return stack.formatArn({
    service: 'states',
    resource: 'stateMachine',
    resourceName: resourceNames(settings.stage).stateMachine,
    arnFormat: ArnFormat.COLON_RESOURCE_NAME,
  });
}
