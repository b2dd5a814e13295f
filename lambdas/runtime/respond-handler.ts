import type { Context } from 'aws-lambda';
import type { z } from 'zod';
import { logger } from './logger.ts';

/**
 * Plumbing of one function of the state machine: parse what comes in, run, and
 * log how it ended. A failure is logged and thrown: the machine decides what follows.
 */
export const respondHandler =
  <Input extends { readonly incidentId: string; readonly attempt: number }, Output>(
    schema: z.ZodType<Input>,
    run: (input: Input) => Promise<Output>,
  ) =>
  async (event: unknown, context: Context): Promise<Output> => {
    logger.addContext(context);
    const input = schema.parse(event);
    logger.resetKeys();
    logger.appendKeys({ incidentId: input.incidentId, attempt: input.attempt });
    try {
      const result = await run(input);
      logger.info('done', { result: result === undefined ? null : JSON.stringify(result) });
      return result;
    } catch (error) {
      logger.error('failed', error instanceof Error ? error : new Error(String(error)));
      throw error;
    }
  };
