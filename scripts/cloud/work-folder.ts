import { join } from 'node:path';
import { LOCAL_FOLDER } from '../paths.ts';

/** Where cdk puts its output: one folder for each cloud that is worked on. */
export function workFolder({ endpoint, aws }: { endpoint?: string; aws?: boolean }): string {
  if (aws === true) return join(LOCAL_FOLDER, 'deploy', 'aws');
  const place = endpoint === undefined ? 'local' : endpoint.replaceAll(/[^a-z0-9]+/gi, '-');
  return join(LOCAL_FOLDER, 'deploy', place);
}
