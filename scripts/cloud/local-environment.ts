// How to reach a cloud on this machine. Everything is spelt out, so that nothing of the person's own AWS set-up is used.
export const DEFAULT_PORT = 4566;
export const LOCAL_REGION = 'us-east-1';
export const LOCAL_ACCESS_KEY = 'test';

/** 127.0.0.1 and not localhost, which may resolve to ::1 first where nothing listens. */
export function localEndpoint(port: number = DEFAULT_PORT): string {
  return `http://127.0.0.1:${port}`;
}

/** The environment for SDK clients, cdk and cdklocal, for a local port or a full endpoint. */
export function localEnvironment(portOrEndpoint: number | string = DEFAULT_PORT): Record<string, string> {
  const endpoint = typeof portOrEndpoint === 'number' ? localEndpoint(portOrEndpoint) : portOrEndpoint;
  const aws = {
    AWS_ACCESS_KEY_ID: LOCAL_ACCESS_KEY,
    AWS_SECRET_ACCESS_KEY: LOCAL_ACCESS_KEY,
    AWS_REGION: LOCAL_REGION,
    AWS_DEFAULT_REGION: LOCAL_REGION,
    AWS_ENDPOINT_URL: endpoint,
    // cdklocal throws when it sees the general endpoint without the one for S3.
    AWS_ENDPOINT_URL_S3: endpoint,
    AWS_S3_FORCE_PATH_STYLE: '1',
  };
  return {
    ...aws,
    // cdklocal drops every AWS_* variable that is not named here.
    AWS_ENVAR_ALLOWLIST: Object.keys(aws).join(','),
    NO_PROXY: '127.0.0.1,localhost',
    no_proxy: '127.0.0.1,localhost',
  };
}
