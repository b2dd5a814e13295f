import type { Command } from 'commander';
import { stopEmbeddedCloud } from '../cloud/embedded-cloud.ts';
import { CLOUD_NAMES } from '../cloud/ensure-cloud.ts';
import { localEndpointOf } from '../cloud/guard.ts';
import { identifyCloud } from '../cloud/identify-cloud.ts';
import { CLOUD_STATE } from '../paths.ts';

export function register(program: Command): void {
  program
    .command('down')
    .description('stop the embedded cloud; one that was started by other means is left alone')
    .action(async () => {
      const outcome = await stopEmbeddedCloud(CLOUD_STATE);
      console.log(outcome === 'not running' ? await whatElseIsThere() : MESSAGES[outcome]);
    });
}

const MESSAGES = {
  stopped: 'Stopped the embedded cloud; its state is kept for the next `npm run up`.',
  killed: 'The embedded cloud did not stop when asked and was ended by force; its state is lost.',
};

async function whatElseIsThere(): Promise<string> {
  const endpoint = localEndpointOf({}, process.env);
  const answer = await identifyCloud(endpoint);
  if (answer.state !== 'cloud') return 'Nothing to stop: the embedded cloud is not running.';
  return `Nothing to stop: ${CLOUD_NAMES[answer.kind]} at ${endpoint} was not started by \`npm run up\`; stop it the way it was started.`;
}
