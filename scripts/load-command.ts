import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Command, type CommanderError } from 'commander';
import { COMMANDS, moduleOf } from './command-list.ts';
import { UserError } from './user-error.ts';

/** What every file in scripts/commands exports. */
type CommandModule = { register: (program: Command) => void };

/** Loads the one command that is asked for and no other: each brings its own dependencies along. */
export async function loadCommand(verb: string): Promise<Command> {
  if (!COMMANDS.has(verb))
    throw new UserError(`There is no command '${verb}'. Known: ${[...COMMANDS.keys()].join(', ')}.`);
  const file = new URL(moduleOf(verb), import.meta.url);
  if (!existsSync(fileURLToPath(file))) throw new UserError(`The command '${verb}' is not part of this version.`);
  const loaded: unknown = await import(file.href);
  if (!isCommandModule(loaded)) throw new Error(`${moduleOf(verb)} exports no register(program)`);
  const program = new Command('kintsugi');
  loaded.register(program);
  makeErrorsOurs(program);
  return program;
}

function isCommandModule(loaded: unknown): loaded is CommandModule {
  return typeof loaded === 'object' && loaded !== null && 'register' in loaded && typeof loaded.register === 'function';
}

/** Commander prints and exits by itself; here its complaints become one line like any other, also those of commands within one. */
function makeErrorsOurs(command: Command): void {
  command.configureOutput({ outputError: () => undefined });
  command.exitOverride((error: CommanderError) => {
    if (error.exitCode === 0) process.exit(0);
    throw new UserError(`${error.message.replace(/^error: /, '')} (--help lists what there is)`, { cause: error });
  });
  command.commands.forEach(makeErrorsOurs);
}
