import { setTimeout as sleep } from 'node:timers/promises';
import type { Context } from 'aws-lambda';
import type { Clock } from '../ports.ts';
import { environment } from './environment.ts';
import { logger } from './logger.ts';
import { type Rhythm, runScheduledLoop } from './scheduled-loop.ts';

/** One invocation: which code it runs and a name of its own. */
export type Invocation = { readonly codeVersion: string; readonly invocation: string };

/** Plumbing of a function that is invoked every minute: it makes passes until its time is over. */
export const scheduledHandler =
  (
    rhythm: Rhythm,
    clock: Clock,
    passes: (invocation: Invocation, event: unknown) => () => Promise<'continue' | 'stop'>,
  ) =>
  async (event: unknown, context: Context): Promise<void> => {
    logger.addContext(context);
    const pass = passes({ codeVersion: environment.KINTSUGI_CODE_VERSION, invocation: context.awsRequestId }, event);
    const tools = {
      clock,
      sleep: (milliseconds: number) => sleep(milliseconds),
      onFailure: (error: unknown) =>
        logger.error('a pass failed', error instanceof Error ? error : new Error(String(error))),
    };
    await runScheduledLoop(tools, rhythm, pass);
  };
