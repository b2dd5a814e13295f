const names: ReadonlySet<string> = new Set([
  'localhost',
  '[::1]',
  'localhost.localstack.cloud',
  // What containers call each other, and the machine that they run on.
  'localstack',
  'host.docker.internal',
]);

/** Whether a cloud at this host of a URL is one on this machine, and so none of AWS. */
export const isLocalHost = (hostname: string): boolean =>
  names.has(hostname) || hostname.endsWith('.localhost') || /^127(\.\d+){3}$/.test(hostname);
