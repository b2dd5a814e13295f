import { createInterface } from 'node:readline/promises';
import { type Readable, Writable } from 'node:stream';

/** Asks without showing what is typed; reads to the end where the input is no terminal. */
export const askSecret = async (
  question: string,
  input: Readable & { readonly isTTY?: boolean } = process.stdin,
  output: Writable = process.stdout,
): Promise<string> => {
  if (input.isTTY !== true) return readAll(input);
  output.write(question);
  // What the terminal would echo goes nowhere.
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() });
  const terminal = createInterface({ input, output: nowhere, terminal: true });
  const ended = new Promise<''>((resolve) => terminal.once('close', () => resolve('')));
  try {
    return await Promise.race([terminal.question(''), ended]);
  } finally {
    terminal.close();
    output.write('\n');
  }
};

const readAll = async (input: Readable): Promise<string> => {
  let text = '';
  for await (const chunk of input) text += String(chunk);
  return text;
};
