/**
 * What every client shares: an answer within seconds or an error, never a
 * function that hangs until its own time limit. The endpoint is the SDK's to
 * find (AWS_ENDPOINT_URL on a local cloud).
 */
export const clientSettings = (requestSeconds = 10) => ({
  maxAttempts: 3,
  requestHandler: {
    connectionTimeout: 2_000,
    requestTimeout: requestSeconds * 1_000,
    throwOnRequestTimeout: true,
  },
});
