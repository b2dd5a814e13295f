import { PassThrough, Readable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { readModelFile } from '../../../../lib/read-model-file.ts';
import { loadCommand } from '../../../../scripts/load-command.ts';
import { checkedKey, keyedProvider } from '../../../../scripts/operator/key-store.ts';
import { askSecret } from '../../../../scripts/view/ask-secret.ts';

const shown = (output: PassThrough): string => String(output.read() ?? '');

describe('asking for a secret', () => {
  it('shows the question and nothing of what is typed', async () => {
    const input = Object.assign(new PassThrough(), { isTTY: true });
    const output = new PassThrough();
    const asked = askSecret('Key: ', input, output);
    input.write('s3cret\r');
    expect(await asked).toBe('s3cret');
    expect(shown(output)).toBe('Key: \n');
  });

  it('reads to the end of what is piped in, without a question', async () => {
    const output = new PassThrough();
    expect(await askSecret('Key: ', Readable.from(['s3', 'cret\n']), output)).toBe('s3cret\n');
    expect(shown(output)).toBe('');
  });
});

describe('the command', () => {
  it.each(['set gemini', 'list', 'remove gemini'])('%s refuses a place that is not this machine', async (line) => {
    const program = await loadCommand('keys');
    const args = ['keys', ...line.split(' '), '--endpoint', 'https://ssm.eu-west-1.amazonaws.com'];
    await expect(program.parseAsync(args, { from: 'user' })).rejects.toThrow('not on this machine');
  });
});

describe('a key', () => {
  it('is taken without the end of its line', () => expect(checkedKey('s3cret\n')).toBe('s3cret'));

  it.each(['', ' \n', 'two words', 'x'.repeat(4097)])('is refused when it cannot be one: %j', (text) => {
    expect(() => checkedKey(text)).toThrow(/nothing is changed|cannot be kept/i);
  });

  it('is for a provider that takes one', () => {
    const file = readModelFile();
    expect(keyedProvider('openai:groq', file)).toBe('openai:groq');
    expect(() => keyedProvider('bedrock', file)).toThrow(/'bedrock' takes no key.*gemini/);
    expect(() => keyedProvider('openai:local', file)).toThrow(/takes no key/);
  });
});
