import type { Command } from 'commander';
import { type FailureKind, failureKindNames, failureKinds, isFailureKind } from '../model-server/failure-kinds.ts';
import { readScriptFile } from '../model-server/script-file.ts';
import { type ModelServer, startModelServer } from '../model-server/start-model-server.ts';
import { wholeNumber } from '../operator/option-values.ts';
import { UserError } from '../user-error.ts';

type Options = {
  readonly port: string;
  readonly host: string;
  readonly script?: string;
  readonly fail: string;
  readonly kinds?: string;
  readonly latency: string;
  readonly seed: string;
};

export function register(program: Command): void {
  program
    .command('model-server')
    .description('stand in for the providers of language models, and fail on demand: to rehearse an outage')
    .option('--port <number>', 'where to listen', '4700')
    .option('--host <address>', 'another interface, for functions that run in containers', '127.0.0.1')
    .option('--script <file>', 'a YAML file of replies; without it, and after its end, the built-in reasoner replies')
    .option('--fail <share>', 'share of calls that fail, 0 to 1', '0')
    .option('--kinds <names>', 'what they fail with, in a list with commas, drawn evenly; all when not given')
    .option('--latency <milliseconds>', 'how long a model thinks', '0')
    .option('--seed <number>', 'other failures in another order', '1')
    .addHelpText('after', helpText())
    .action(run);
}

const run = async (options: Options): Promise<void> => {
  const server = await listening(options);
  console.log(
    `A model server listens at ${server.url}: Gemini, OpenAI chat completions (${server.url}/v1), Bedrock Converse.`,
  );
  console.log(`Let the functions ask it: npm run deploy -- -c modelChain=gemini,openai -c modelServer=${server.url}`);
  console.log('Ctrl-C ends it.');
  await new Promise<void>((resolve) => {
    process.once('SIGINT', resolve);
    process.once('SIGTERM', resolve);
  });
  await server.close();
  const failed = server.calls.filter(({ failure }) => failure !== null).length;
  console.log(`\n${server.calls.length} calls, ${failed} of them failed on demand.`);
};

const listening = async (options: Options): Promise<ModelServer> => {
  const port = wholeNumber('--port', options.port, 0, 65_535);
  const settings = {
    port,
    host: options.host,
    failShare: share(options.fail),
    kinds: kindsOf(options.kinds),
    latencyMilliseconds: wholeNumber('--latency', options.latency, 0, 600_000),
    seed: wholeNumber('--seed', options.seed, 0, 1_000_000),
    script: options.script === undefined ? [] : readScriptFile(options.script),
  };
  try {
    return await startModelServer({
      ...settings,
      onCall: ({ protocol, model, failure }) => console.log(`${protocol} ${model}: ${failure ?? 'answered'}`),
    });
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? cause.code : undefined;
    if (code === 'EADDRINUSE')
      throw new UserError(`${options.host}:${port} is taken: choose another with --port.`, { cause });
    if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND')
      throw new UserError(`${options.host} is no address of this machine.`, { cause });
    throw cause;
  }
};

const share = (text: string): number => {
  const value = Number(text);
  if (text.trim() === '' || !(value >= 0 && value <= 1)) {
    throw new UserError(`--fail is '${text}': it may be a number from 0 to 1.`);
  }
  return value;
};

const kindsOf = (text: string | undefined): readonly FailureKind[] => {
  if (text === undefined) return failureKindNames;
  const names = text.split(',').map((name) => name.trim());
  return names.map((name) => {
    if (!isFailureKind(name)) {
      throw new UserError(`--kinds names '${name}'; known are ${failureKindNames.join(', ')}.`);
    }
    return name;
  });
};

const helpText = (): string =>
  [
    '',
    'Kinds of failure:',
    ...failureKindNames.map((name) => `  ${name.padEnd(18)} ${failureKinds[name]}`),
    '',
    'docs/models.md shows a script and a rehearsal.',
  ].join('\n');
