import { createInterface } from 'node:readline/promises';
import type { Readable, Writable } from 'node:stream';

export type Answer = 'yes' | 'no' | 'silence';

/** Asks on the terminal. Only a clear yes is one: an empty line, another word and an ended input are a no. */
export const askYesOrNo = async (
  question: string,
  limitSeconds: number,
  { input, output }: { readonly input: Readable; readonly output: Writable } = {
    input: process.stdin,
    output: process.stdout,
  },
): Promise<Answer> => {
  const terminal = createInterface({ input, output });
  const limit = AbortSignal.timeout(limitSeconds * 1000);
  const ended = new Promise<''>((resolve) => terminal.once('close', () => resolve('')));
  try {
    const text = await Promise.race([
      terminal.question(`${question} [y/N] (${limitSeconds} s) `, { signal: limit }),
      ended,
    ]);
    return /^y(es)?$/i.test(text.trim()) ? 'yes' : 'no';
  } catch (error) {
    if (!limit.aborted) throw error;
    output.write('\n');
    return 'silence';
  } finally {
    terminal.close();
  }
};
