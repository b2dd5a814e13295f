import { InvokeCommand, type LambdaClient } from '@aws-sdk/client-lambda';
import { describeResponseSchema, operateResponseSchema, type TargetRequest } from '../../contract/target-api.ts';
import type { Target } from '../../ports/target.ts';

/** The workload's control surface behind its function. */
export function lambdaTarget(client: LambdaClient, functionName: string): Target {
  const ask = async (request: TargetRequest): Promise<unknown> => {
    const { FunctionError, Payload } = await client.send(
      new InvokeCommand({ FunctionName: functionName, Payload: JSON.stringify(request) }),
    );
    const answer = Payload?.transformToString('utf-8') ?? '';
    if (FunctionError !== undefined) throw new Error(`${functionName} failed to ${request.action}: ${answer}`);
    return JSON.parse(answer);
  };
  return {
    describe: async () => describeResponseSchema.parse(await ask({ action: 'describe' })),
    operate: async ({ key, operation }) =>
      operateResponseSchema.parse(await ask({ action: 'operate', key, operation })),
  };
}
