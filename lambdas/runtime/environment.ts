import { type CommonEnvironment, commonEnvironmentSchema } from '../contract/environment.ts';

/**
 * The environment of this function, parsed once at cold start; a wrong one
 * fails the start with one line for each variable.
 */
export function parseEnvironment(variables: Readonly<Record<string, string | undefined>>): CommonEnvironment {
  const parsed = commonEnvironmentSchema.safeParse(variables);
  if (parsed.success) return parsed.data;
  throw new Error(parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`).join('\n'));
}

export const environment: CommonEnvironment = parseEnvironment(process.env);
