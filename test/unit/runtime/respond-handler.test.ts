import type { Context } from 'aws-lambda';
import { expect, it, vi } from 'vitest';
import { respondInputSchema } from '../../../lambdas/contract/state-machine.ts';
import { respondHandler } from '../../../lambdas/runtime/respond-handler.ts';
import { incidentId } from '../../support/response-examples.ts';

const context: Context = {
  callbackWaitsForEmptyEventLoop: false,
  functionName: 'plan',
  functionVersion: '1',
  invokedFunctionArn: 'arn:aws:lambda:eu-west-1:000000000000:function:plan',
  memoryLimitInMB: '512',
  awsRequestId: 'request',
  logGroupName: 'group',
  logStreamName: 'stream',
  getRemainingTimeInMillis: () => 90_000,
  done: () => undefined,
  fail: () => undefined,
  succeed: () => undefined,
};

it('tells a function of the machine when it will be killed', async () => {
  vi.spyOn(Date, 'now').mockReturnValue(1_000_000);
  const run = vi.fn(async (_input: unknown, deadline: number) => ({ deadline }));
  const handler = respondHandler(respondInputSchema, run);
  expect(await handler({ incidentId, attempt: 2 }, context)).toEqual({ deadline: 1_090_000 });
  expect(run).toHaveBeenCalledWith({ incidentId, attempt: 2 }, 1_090_000);
});
