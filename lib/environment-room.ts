import { Token } from 'aws-cdk-lib';

/** What AWS gives the variables of one function together; it measures the JSON document that they make. */
const mostBytes = 4096;

/** Stands in for what only the deployment knows: no name or ARN of the stack is longer. */
const unknownYet = 'x'.repeat(128);

/** The context values of any length, by the variables that they become. */
const contextOfVariable: Readonly<Record<string, string>> = {
  KINTSUGI_WATCH_NAMESPACES: 'watchNamespaces',
  KINTSUGI_WATCH_DIMENSIONS: 'watchDimensions',
  KINTSUGI_WATCH_TAGS: 'watchTags',
  KINTSUGI_WATCH_LIMITS: 'watchLimits',
  KINTSUGI_WATCH_OBJECTIVES: 'watchObjectives',
  KINTSUGI_MODELS: 'modelChain',
};

const bytesOf = (document: unknown): number => Buffer.byteLength(JSON.stringify(document));

/**
 * That a function's environment is no longer than AWS allows, which it would say only in the midst of a deployment.
 * @throws an Error of one line with the context values that take the room, the longest first
 */
export function requireRoom(functionName: string, environment: Readonly<Record<string, string>>): void {
  const deployed = Object.entries(environment).map(([name, value]) => ({
    name,
    value: Token.isUnresolved(value) ? unknownYet : value,
  }));
  const bytes = bytesOf(Object.fromEntries(deployed.map(({ name, value }) => [name, value])));
  if (bytes <= mostBytes) return;
  const chosen = deployed
    .flatMap(({ name, value }) => {
      const context = contextOfVariable[name];
      return context === undefined ? [] : [{ context, bytes: bytesOf(value) }];
    })
    .toSorted((left, right) => right.bytes - left.bytes)
    .filter((one) => one.bytes > bytesOf('[]'));
  throw new Error(
    `context ${chosen.map((one) => `${one.context} (${one.bytes} bytes)`).join(', ')}: too long, ` +
      `as the environment of ${functionName} comes to ${bytes} bytes and AWS gives it ${mostBytes}`,
  );
}
