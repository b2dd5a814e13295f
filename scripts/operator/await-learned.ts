import { setTimeout as pause } from 'node:timers/promises';
import type { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs';
import { z } from 'zod';
import type { Clock } from '../../lambdas/ports.ts';
import { UserError } from '../user-error.ts';
import { readFunctionLog } from './read-function-log.ts';

/** What detection says of each pass in its own log. */
const passSchema = z.object({
  message: z.literal('pass'),
  outcome: z.literal('scanned'),
  series: z.int(),
  learning: z.int(),
});
export type Pass = z.infer<typeof passSchema>;

export const parsePass = (line: string): Pass | null => {
  try {
    const parsed = passSchema.safeParse(JSON.parse(line));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
};

/** New instances are always being learnt; with at most this share of series in that state, detection knows its workload. */
const learningShare = 0.1;

/** Waits for a fresh pass that knows what is normal. Rejects with a UserError after `limitSeconds`. */
export const awaitLearned = async (
  from: { readonly clock: Clock; readonly stage: string; readonly logs: CloudWatchLogsClient },
  limitSeconds: number,
  say: (line: string) => void,
): Promise<Pass> => {
  const begun = from.clock.now();
  while (from.clock.now() < begun + limitSeconds * 1000) {
    const lines = await readFunctionLog(from.logs, {
      stage: from.stage,
      name: 'detect-anomalies',
      from: begun,
      limit: 200,
    });
    const pass = lines.map((line) => parsePass(line.message)).findLast((one) => one !== null) ?? null;
    if (pass !== null && pass.series > 0 && pass.learning <= learningShare * pass.series) return pass;
    say(pass === null ? 'waiting for the first scan' : `learning ${pass.learning} of ${pass.series} series`);
    await pause(1000);
  }
  throw new UserError(
    `Detection did not learn what is normal within ${limitSeconds} s: npm run logs -- detect-anomalies`,
  );
};
