import type { Stack } from 'aws-cdk-lib';
import type { Table } from 'aws-cdk-lib/aws-dynamodb';
import { inferenceProfile, keyParameter } from '../lambdas/contract/model-settings.ts';
import type { Grant } from './grant.ts';
import type { Settings } from './settings.ts';

/** The keys of the models that are asked, the models on Bedrock among them, and the rows that limit them and tell what was learnt. */
export function mayAskModels(stack: Stack, settings: Settings, state: Table): Grant[] {
  const { providers } = settings.models.settings;
  if (providers.length === 0) return [];
  const keys = providers.filter(({ keyed }) => keyed).map(({ name }) => keyParameter(settings.stage, name).slice(1));
  return [
    {
      actions: ['dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:Query', 'dynamodb:UpdateItem'],
      resources: [state.tableArn],
    },
    ...keys.map((resourceName) => ({
      actions: ['ssm:GetParameter'],
      resources: [stack.formatArn({ service: 'ssm', resource: 'parameter', resourceName })],
    })),
    ...providers.filter(({ name }) => name === 'bedrock').map(({ models }) => mayInvoke(stack, Object.values(models))),
  ];
}

/** These models and no other. An inference profile is invoked as itself and as the model, in whichever region it picks. */
function mayInvoke(stack: Stack, models: readonly string[]): Grant {
  const foundation = (model: string, region?: string) =>
    stack.formatArn({
      service: 'bedrock',
      account: '',
      ...(region === undefined ? {} : { region }),
      resource: 'foundation-model',
      resourceName: model,
    });
  const resources = [...new Set(models)].flatMap((model) =>
    inferenceProfile.test(model)
      ? [
          stack.formatArn({ service: 'bedrock', resource: 'inference-profile', resourceName: model }),
          foundation(model.replace(inferenceProfile, ''), '*'),
        ]
      : [foundation(model)],
  );
  return {
    actions: ['bedrock:InvokeModel'],
    resources,
    ...(resources.some((resource) => resource.includes('*'))
      ? { wildcard: 'An inference profile picks the region of its model itself; the model is named.' }
      : {}),
  };
}
