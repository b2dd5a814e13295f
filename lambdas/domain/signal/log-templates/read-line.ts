import { maskSecrets } from '../../reasoning/mask-secrets.ts';
import { tenantsOf } from '../tenants.ts';
import type { LogLevel } from './line-level.ts';
import { maskLine } from './mask-line.ts';
import { fullTextOf, type LineMessage, messageOf, severityOf } from './message-of.ts';
import { makeReadable } from './readable.ts';
import { isStackFrame } from './stack-trace.ts';

/** What one line says, for a reader: hostile text made harmless, but not believed. */
export type ReadLine = {
  /** Its message with the kind of each value in its place, one line of at most 240 characters. */
  readonly text: string;
  readonly level: LogLevel;
  /** Values that name something, as written, at most 12, and none that stands for a secret anywhere in the line. */
  readonly names: readonly string[];
  /** Tenants (merchants) named in it. */
  readonly tenants: readonly string[];
};

const longestText = 240;
const longestLine = 4096;
/** As much of a structured line as is taken apart. */
const longestStructured = 65_536;
const mostTokens = 128;
const mostNames = 12;
const controlCharacters = /[\p{Cc}\p{Cf}\p{Co}\p{Cn}]/gu;
const safeName = /^[\w.:@/+-]{1,80}$/;
const amount = /^[\d.:+-]+$/;

/** Null where the line is but a frame of a stack trace, which says nothing that its head did not. */
export function readLine(line: string, message: LineMessage = messageOf(line)): ReadLine | null {
  if (message.structured === null && !line.includes('\n') && isStackFrame(line.slice(0, longestLine))) return null;
  const plain = printable(fullTextOf(line, message));
  const spans: number[] = [];
  maskLine(plain, mostTokens, spans);
  const { text, names } = makeReadable(plain, spans);
  const values = [...(message.structured?.values ?? []), ...names];
  const isPublic = secretsApart([line.slice(0, longestStructured), plain]);
  return {
    text: text.slice(0, longestText).trim(),
    level: severityOf(message),
    names: [...new Set(values)]
      .filter((name) => safeName.test(name) && !amount.test(name) && isPublic(name))
      .slice(0, mostNames),
    tenants: tenantsOf(line.slice(0, longestLine)),
  };
}

/**
 * Alone, a value no longer shows by what stands before it that it is a secret: the line has to be asked, as written and as
 * read. What stands in neither was written with escapes, so that nothing tells what stands before it.
 */
function secretsApart(texts: readonly string[]): (value: string) => boolean {
  const times = (text: string, value: string): number => text.split(value).length - 1;
  const asked = texts.map((text) => ({ text, masked: maskSecrets(text) }));
  return (value) =>
    asked.some(({ text }) => text.includes(value)) &&
    asked.every(({ text, masked }) => masked === text || times(masked, value) === times(text, value));
}

/** One line without control characters, with single spaces. */
const printable = (text: string): string =>
  text
    .replace(/[\t\r\n]/g, ' ')
    .replace(controlCharacters, '')
    .replace(/ +/g, ' ')
    .trim();
