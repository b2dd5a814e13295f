// Keeps commands that are meant for the local cloud away from real AWS accounts.
import { isLocalHost } from '../../lib/is-local-host.ts';
import { UserError } from '../user-error.ts';
import { DEFAULT_PORT, LOCAL_ACCESS_KEY, LOCAL_REGION, localEndpoint } from './local-environment.ts';

/** Where a command works: on a cloud on this machine, or on AWS because --aws was given. */
export type CloudTarget = { kind: 'local'; endpoint: string } | { kind: 'aws' };

export type TargetOptions = { aws?: boolean | undefined; endpoint?: string | undefined };

type Environment = Readonly<Record<string, string | undefined>>;

/** Decides the target, or refuses with one line that says what looked like a real account. */
export function cloudTarget(options: TargetOptions = {}, environment: Environment = process.env): CloudTarget {
  if (options.aws === true) {
    if (options.endpoint !== undefined)
      throw new UserError('--aws and --endpoint exclude each other: give one of them.');
    return { kind: 'aws' };
  }
  const endpoint = localEndpointOf(options, environment);
  const foreign = foreignSetting(environment);
  if (foreign !== undefined)
    throw new UserError(
      `${foreign}, which is not the local cloud's. This command works on the local cloud: unset it, or give --aws to work on AWS.`,
    );
  return { kind: 'local', endpoint };
}

/** The endpoint asked for by option or environment; 127.0.0.1:4566 when none is. */
export function localEndpointOf(options: TargetOptions, environment: Environment): string {
  const endpoint = options.endpoint ?? askedFor(environment) ?? localEndpoint(portOf(environment));
  const url = URL.parse(endpoint);
  if (url === null || !/^https?:$/.test(url.protocol))
    throw new UserError(`The endpoint '${endpoint}' is not a URL: give one like ${localEndpoint()}.`);
  if (!isLocalHost(url.hostname))
    throw new UserError(
      `The endpoint ${endpoint} is not on this machine. This command works on the local cloud: use ${localEndpoint()}, or give --aws to work on AWS.`,
    );
  return url.origin;
}

/** Whether a person named an endpoint; only an endpoint nobody named may be started for them. */
export function askedFor(environment: Environment): string | undefined {
  return nonEmpty(environment['KINTSUGI_ENDPOINT']) ?? nonEmpty(environment['AWS_ENDPOINT_URL']);
}

/** KINTSUGI_PORT moves the embedded cloud when something else needs 4566. */
function portOf(environment: Environment): number {
  const asked = nonEmpty(environment['KINTSUGI_PORT']);
  if (asked === undefined) return DEFAULT_PORT;
  const port = Number(asked);
  if (Number.isInteger(port) && port > 0 && port < 65_536) return port;
  throw new UserError(`KINTSUGI_PORT is '${asked}': it must be a port number such as ${DEFAULT_PORT}.`);
}

function foreignSetting(environment: Environment): string | undefined {
  for (const name of ['AWS_REGION', 'AWS_DEFAULT_REGION']) {
    const region = nonEmpty(environment[name]);
    if (region !== undefined && region !== LOCAL_REGION) return `${name} is ${region}`;
  }
  // The value of a credential is never shown.
  const key = nonEmpty(environment['AWS_ACCESS_KEY_ID']);
  if (key !== undefined && key !== LOCAL_ACCESS_KEY) return 'AWS_ACCESS_KEY_ID is set to a key of your own';
  if (nonEmpty(environment['AWS_SESSION_TOKEN']) !== undefined) return 'AWS_SESSION_TOKEN is set';
  const profile = nonEmpty(environment['AWS_PROFILE']);
  return profile === undefined ? undefined : `AWS_PROFILE is ${profile}`;
}

function nonEmpty(value: string | undefined): string | undefined {
  return value === '' ? undefined : value;
}
