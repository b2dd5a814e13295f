// What CloudFormation knows about a stack of ours.
import {
  CloudFormationClient,
  DescribeStackResourcesCommand,
  DescribeStacksCommand,
  GetTemplateCommand,
} from '@aws-sdk/client-cloudformation';
import type { CloudTarget } from './guard.ts';
import { sdkSettings } from './sdk-settings.ts';

export const BOOTSTRAP_STACK_NAME = 'CDKToolkit';

export type StackState = { status: string; outputs: ReadonlyMap<string, string>; updatedAt: Date | undefined };

/** Nothing when there is no such stack. */
export async function describeStack(target: CloudTarget, name: string): Promise<StackState | undefined> {
  const client = new CloudFormationClient(sdkSettings(target));
  try {
    const { Stacks = [] } = await client.send(new DescribeStacksCommand({ StackName: name }));
    const stack = Stacks[0];
    if (stack?.StackStatus === undefined || stack.StackStatus === 'DELETE_COMPLETE') return undefined;
    const outputs = (stack.Outputs ?? []).map(
      ({ OutputKey = '', OutputValue = '' }) => [OutputKey, OutputValue] as const,
    );
    return {
      status: stack.StackStatus,
      outputs: new Map(outputs),
      updatedAt: stack.LastUpdatedTime ?? stack.CreationTime,
    };
  } catch (error) {
    if (error instanceof Error && /does not exist/i.test(error.message)) return undefined;
    throw error;
  } finally {
    client.destroy();
  }
}

export function isHealthy({ status }: StackState): boolean {
  return /^(CREATE|UPDATE|IMPORT)_COMPLETE$/.test(status);
}

export type DeployedTemplate = { template: unknown; physicalIds: ReadonlyMap<string, string> };

export async function deployedTemplate(target: CloudTarget, name: string): Promise<DeployedTemplate> {
  const client = new CloudFormationClient(sdkSettings(target));
  try {
    const { TemplateBody = '{}' } = await client.send(
      new GetTemplateCommand({ StackName: name, TemplateStage: 'Processed' }),
    );
    const { StackResources = [] } = await client.send(new DescribeStackResourcesCommand({ StackName: name }));
    const ids = StackResources.map(
      ({ LogicalResourceId = '', PhysicalResourceId = '' }) => [LogicalResourceId, PhysicalResourceId] as const,
    );
    return { template: JSON.parse(TemplateBody), physicalIds: new Map(ids) };
  } finally {
    client.destroy();
  }
}
