import { defaultStage } from '../../lambdas/contract/stage.ts';
import { UserError } from '../user-error.ts';

/** `--context fleet=false --context stage=dev` as a record. */
function parseContext(pairs: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    pairs.map((pair) => {
      const at = pair.indexOf('=');
      if (at < 1) throw new UserError(`The context '${pair}' must be written name=value, as in fleet=false.`);
      return [pair.slice(0, at), pair.slice(at + 1)];
    }),
  );
}

/** A stage is the name of its stack, and the prefix of everything in it. */
export function stackNameFor(context: Readonly<Record<string, string>>): string {
  return context['stage'] ?? defaultStage;
}

/** What --stage and --context say together. */
export function deployContext({
  stage,
  context,
}: {
  stage?: string;
  context: readonly string[];
}): Record<string, string> {
  return { ...parseContext(context), ...(stage === undefined ? {} : { stage }) };
}
