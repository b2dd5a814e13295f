/** What is wrong with what the user gave, in one line. */
export class InputError extends Error {
  override readonly name = 'InputError';
}

/** Prints what a benchmark returns; bad input is one clear line and exit code 1. */
export function runBenchmark(run: (args: readonly string[]) => string): void {
  try {
    console.log(run(process.argv.slice(2)));
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    console.error(error.message.split('\n')[0]);
    process.exitCode = 1;
  }
}

/** Turns the complaint of the argument parser into the one line that the user gets. */
export function parseOrExplain<Parsed>(parse: () => Parsed, usage: string): Parsed {
  try {
    return parse();
  } catch (cause) {
    if (!(cause instanceof TypeError)) throw cause;
    throw new InputError(`${cause.message.split('\n')[0]}; ${usage}`, { cause });
  }
}
