import type { Context } from 'aws-lambda';
import type { z } from 'zod';
import { asError } from './as-error.ts';
import { logger } from './logger.ts';

/** Plumbing of a function that answers a request: parse, run; a failure is logged and thrown to the caller. */
export const requestHandler =
  <Input, Output>(schema: z.ZodType<Input>, run: (input: Input, context: Context) => Promise<Output>) =>
  async (event: unknown, context: Context): Promise<Output> => {
    logger.addContext(context);
    try {
      return await run(schema.parse(event), context);
    } catch (error) {
      logger.error('failed', asError(error));
      throw error;
    }
  };
