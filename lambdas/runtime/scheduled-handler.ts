import { setTimeout as sleep } from 'node:timers/promises';
import type { Context } from 'aws-lambda';
import type { Clock } from '../ports.ts';
import { environment } from './environment.ts';
import { logger } from './logger.ts';
import { type Rhythm, runScheduledLoop } from './scheduled-loop.ts';

/** One invocation: which code it runs and a name of its own. */
export type Invocation = { readonly codeVersion: string; readonly invocation: string };

export type Passes = {
  pass(): Promise<'continue' | 'stop'>;
  /** Called after the last one. */
  end(): Promise<void>;
};

/** Plumbing of a function that is invoked every minute: it makes passes until its time is over. */
export const scheduledHandler =
  (rhythm: Rhythm, clock: Clock, passes: (invocation: Invocation, event: unknown) => Passes) =>
  async (event: unknown, context: Context): Promise<void> => {
    logger.addContext(context);
    const { pass, end } = passes(
      { codeVersion: environment.KINTSUGI_CODE_VERSION, invocation: context.awsRequestId },
      event,
    );
    const tools = {
      clock,
      sleep: (milliseconds: number) => sleep(milliseconds),
      onFailure: (error: unknown) =>
        logger.error('a pass failed', error instanceof Error ? error : new Error(String(error))),
    };
    try {
      await runScheduledLoop(tools, rhythm, pass);
    } finally {
      await end();
    }
  };
