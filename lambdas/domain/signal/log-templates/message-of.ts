import { jsonMessage } from './json-message.ts';
import { headline } from './stack-trace.ts';

const openingBrace = 123;
const closingBrace = 125;

/**
 * What a line says, whatever form it was logged in: the message of a structured line (also behind a plain prefix, as
 * functions log it), the headline of a stack trace, else the line itself.
 */
export function messageOf(line: string): string {
  const text = line.trimEnd();
  if (text.charCodeAt(text.length - 1) === closingBrace) {
    const start = text.charCodeAt(0) === openingBrace ? 0 : text.indexOf('{"');
    const message = start < 0 ? undefined : jsonMessage(text.slice(start));
    if (message !== undefined) return headline(message);
  }
  return headline(text);
}
