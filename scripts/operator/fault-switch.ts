import { InvokeCommand, type LambdaClient } from '@aws-sdk/client-lambda';
import { resourceNames } from '../../lambdas/contract/stage.ts';
import type { ActiveFault } from '../../lambdas/workload/faults/definition.ts';
import { type InjectRequest, type InjectResponse, injectResponseSchema } from '../../lambdas/workload/inject-api.ts';
import { UserError } from '../user-error.ts';

/** The switch of the simulated shop, behind its function. The responder has none. */
export type FaultSwitch = {
  /** The fault as it was started; a UserError when one is at work on its service already. */
  inject(fault: ActiveFault): Promise<ActiveFault>;
  active(): Promise<readonly ActiveFault[]>;
  /** Ends those on a service, or all; what they have done to the shop stays until somebody mends it. */
  clear(service: ActiveFault['service'] | null): Promise<readonly ActiveFault[]>;
};

export const faultSwitch = (functions: LambdaClient, stage: string): FaultSwitch => {
  const functionName = resourceNames(stage).function('inject-fault');
  const ask = async (request: InjectRequest): Promise<InjectResponse> => {
    const { FunctionError, Payload } = await functions
      .send(new InvokeCommand({ FunctionName: functionName, Payload: JSON.stringify(request) }))
      .catch((error: unknown) => {
        if (error instanceof Error && error.name === 'ResourceNotFoundException')
          throw new UserError(`The stack '${stage}' has no simulated shop to break: npm run deploy -- -c fleet=true`);
        throw error;
      });
    const answer = Payload?.transformToString('utf-8') ?? '';
    if (FunctionError !== undefined) throw new Error(`${functionName} failed to ${request.action}: ${answer}`);
    const response = injectResponseSchema.parse(JSON.parse(answer));
    if (response.outcome === 'refused') throw new UserError(`Nothing was injected: ${response.reason}`);
    return response;
  };
  return {
    inject: async ({ definition, service, instance, severity, startedAt, endsAt, seed }) => {
      const forSeconds = endsAt === null ? null : (endsAt - startedAt) / 1000;
      const response = await ask({ action: 'inject', definition, service, instance, severity, forSeconds, seed });
      if (response.outcome !== 'injected') throw new Error(`inject-fault answered ${response.outcome}`);
      return response.fault;
    },
    active: async () => {
      const response = await ask({ action: 'list' });
      return response.outcome === 'listed' ? response.faults : [];
    },
    clear: async (service) => {
      const response = await ask({ action: 'clear', service });
      return response.outcome === 'cleared' ? response.faults : [];
    },
  };
};
