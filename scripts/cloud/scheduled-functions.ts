// Which functions run on a schedule, read from the deployed template, so that nobody keeps a second list of them.
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { z } from 'zod';
import type { CloudTarget } from './guard.ts';
import { sdkSettings } from './sdk-settings.ts';
import { type DeployedTemplate, deployedTemplate } from './stack.ts';

const reference = z.union([
  z.object({ Ref: z.string() }).transform(({ Ref }) => Ref),
  z.object({ 'Fn::GetAtt': z.tuple([z.string(), z.string()]) }).transform((value) => value['Fn::GetAtt'][0]),
]);
const rule = z.object({
  Type: z.literal('AWS::Events::Rule'),
  Properties: z.object({ ScheduleExpression: z.string(), Targets: z.array(z.object({ Arn: reference })) }),
});
const aliasOrFunction = z.object({
  Type: z.enum(['AWS::Lambda::Function', 'AWS::Lambda::Alias']),
});
const resources = z.object({ Resources: z.record(z.string(), z.unknown()) });

/** Names (or ARNs, of aliases) to invoke, in the order of the template. */
export function scheduledFunctions({ template, physicalIds }: DeployedTemplate): string[] {
  const all = resources.parse(template).Resources;
  const targets = Object.values(all).flatMap((resource) => {
    const scheduled = rule.safeParse(resource);
    return scheduled.success ? scheduled.data.Properties.Targets.map(({ Arn }) => Arn) : [];
  });
  const functions = targets.filter((id) => aliasOrFunction.safeParse(all[id]).success);
  return [...new Set(functions)].flatMap((id) => physicalIds.get(id) ?? []);
}

/** One asynchronous invocation each: the first tick of a schedule is up to 70 s away. */
export async function invokeScheduledFunctions(target: CloudTarget, stackName: string): Promise<string[]> {
  const names = scheduledFunctions(await deployedTemplate(target, stackName));
  const client = new LambdaClient(sdkSettings(target));
  try {
    await Promise.all(
      names.map((FunctionName) => client.send(new InvokeCommand({ FunctionName, InvocationType: 'Event' }))),
    );
  } finally {
    client.destroy();
  }
  return names;
}
