import { UserError } from '../user-error.ts';
import type { CloudTarget } from './guard.ts';
import { describeStack } from './stack.ts';

/** Tests break things on purpose: never in a stack that someone is running. */
export async function refuseDeployed(target: CloudTarget, stage: string): Promise<void> {
  if ((await describeStack(target, stage)) === undefined) return;
  throw new UserError(
    'Kintsugi is deployed on that cloud, and the tests would break what you are running. Name another cloud, or remove the stack with `npm run destroy`.',
  );
}
