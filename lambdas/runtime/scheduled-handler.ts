import { setTimeout as sleep } from 'node:timers/promises';
import type { Context } from 'aws-lambda';
import type { Clock } from '../ports/clock.ts';
import { asError } from './as-error.ts';
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

/** Logs how a pass ended and how long it took; that another invocation has the turn is no news. */
export type LogPass = (result: { readonly outcome: string }) => void;

/** Plumbing of a function that is invoked every minute: it makes passes until its time is over. */
export const scheduledHandler =
  (rhythm: Rhythm, clock: Clock, passes: (invocation: Invocation, event: unknown, logPass: LogPass) => Passes) =>
  async (event: unknown, context: Context): Promise<void> => {
    logger.addContext(context);
    let began = clock.now();
    const logPass: LogPass = (result) => {
      if (result.outcome !== 'held') logger.info('pass', { ...result, milliseconds: clock.now() - began });
    };
    const invocation = { codeVersion: environment.KINTSUGI_CODE_VERSION, invocation: context.awsRequestId };
    const { pass, end } = passes(invocation, event, logPass);
    const tools = {
      clock,
      sleep: (milliseconds: number) => sleep(milliseconds),
      onFailure: (error: unknown) => logger.error('a pass failed', asError(error)),
    };
    try {
      await runScheduledLoop(tools, rhythm, () => {
        began = clock.now();
        return pass();
      });
    } finally {
      await end();
    }
  };
