import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Command } from 'commander';
import { COMMANDS } from './command-list.ts';
import { loadCommand } from './load-command.ts';
import { describeFailure } from './user-error.ts';

const settings = fileURLToPath(new URL('../.env', import.meta.url));
if (existsSync(settings)) process.loadEnvFile(settings);

// `npm run incidents | head` closes our output early; that is the reader's right and no failure.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0);
  throw error;
});

try {
  await run(process.argv.slice(2));
} catch (error) {
  process.stderr.write(`${describeFailure(error, process.env['KINTSUGI_DEBUG'] === '1')}\n`);
  process.exitCode = 1;
}

async function run(args: string[]): Promise<void> {
  const verb = args[0];
  const program = verb === undefined || verb.startsWith('-') ? overview() : await loadCommand(verb);
  await program.parseAsync(args, { from: 'user' });
}

function overview(): Command {
  const program = new Command('kintsugi').description('An autonomous incident responder for AWS serverless systems.');
  for (const [verb, summary] of COMMANDS) program.command(verb).description(summary);
  program.usage('<command> [options]').addHelpText('after', '\nRun a command as `npm run <command> -- [options]`.');
  return program.action(() => program.help());
}
