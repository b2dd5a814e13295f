import { type CloudWatchLogsClient, FilterLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs';
import { type FunctionName, resourceNames } from '../../lambdas/contract/stage.ts';
import { UserError } from '../user-error.ts';

export type FunctionLogLine = { readonly at: number; readonly message: string };

/** The newest lines that a function wrote from `from` on, oldest first, at most `limit`. */
export const readFunctionLog = async (
  client: CloudWatchLogsClient,
  request: { readonly stage: string; readonly name: FunctionName; readonly from: number; readonly limit: number },
): Promise<readonly FunctionLogLine[]> => {
  const logGroupName = `/aws/lambda/${resourceNames(request.stage).function(request.name)}`;
  const lines: FunctionLogLine[] = [];
  let nextToken: string | undefined;
  do {
    const page = await client
      .send(new FilterLogEventsCommand({ logGroupName, startTime: request.from, nextToken }))
      .catch((error: unknown) => {
        if (error instanceof Error && error.name === 'ResourceNotFoundException')
          throw new UserError(`${logGroupName} does not exist: is the stack deployed? npm run status`);
        throw error;
      });
    for (const { timestamp, message } of page.events ?? [])
      if (timestamp !== undefined && message !== undefined) lines.push({ at: timestamp, message: message.trimEnd() });
    nextToken = page.nextToken;
  } while (nextToken !== undefined);
  return lines.toSorted((one, other) => one.at - other.at).slice(-request.limit);
};
