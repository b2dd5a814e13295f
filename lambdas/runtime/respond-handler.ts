import type { Context } from 'aws-lambda';
import type { z } from 'zod';
import { logger } from './logger.ts';
import { requestHandler } from './request-handler.ts';

/**
 * Plumbing of one function of the state machine: its lines name the incident and how the call ended. `deadline` is
 * when the function is killed, epoch milliseconds.
 */
export const respondHandler = <Input extends { readonly incidentId: string; readonly attempt: number }, Output>(
  schema: z.ZodType<Input>,
  run: (input: Input, deadline: number) => Promise<Output>,
): ((event: unknown, context: Context) => Promise<Output>) =>
  requestHandler(schema, async (input, context) => {
    logger.resetKeys();
    logger.appendKeys({ incidentId: input.incidentId, attempt: input.attempt });
    const result = await run(input, Date.now() + context.getRemainingTimeInMillis());
    logger.info('done', { result: result === undefined ? null : JSON.stringify(result) });
    return result;
  });
