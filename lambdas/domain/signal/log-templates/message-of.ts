import { type LogLevel, levelOf } from './line-level.ts';
import { parseLogfmt } from './logfmt.ts';
import { foldedText, headline } from './stack-trace.ts';
import { parseCutJson, parseJsonFields, readFields, type StructuredLine } from './structured-line.ts';

/** What a line says, whatever form it was logged in. */
export type LineMessage = {
  /** What tells one kind of line from another: message and error's name of a structured line, the headline of another. */
  readonly key: string;
  /** What the line says of itself, for a structured line; null for plain text. */
  readonly structured: StructuredLine | null;
};

const openingBrace = 123;
const equals = '=';
/** More of a line than this is not looked at, except for the message of a structured one. */
const longestText = 4096;
const longestStructured = 65_536;

export function messageOf(line: string): LineMessage {
  const structured = structuredLine(line);
  if (structured !== null) return { key: keyOf(structured), structured };
  return { key: headline(line.slice(0, longestText).trimEnd()), structured: null };
}

/** All that a reader wants to know of a line: the message with its error, a trace with what it was caused by. */
export function fullTextOf(line: string, { structured }: LineMessage): string {
  if (structured === null) return foldedText(line.slice(0, longestText));
  const parts = [structured.message, structured.errorText].filter((part) => part !== null && part !== '');
  return parts.length > 0 ? parts.join(' ') : keyOf(structured);
}

/** How serious a line says it is. */
export const severityOf = ({ key, structured }: LineMessage): LogLevel =>
  structured === null || structured.level === 'unknown' ? levelOf(key) : structured.level;

/** A structured line, also behind a plain prefix as functions log it. */
function structuredLine(line: string): StructuredLine | null {
  const start = line.charCodeAt(0) === openingBrace ? 0 : line.slice(0, longestText).indexOf('{"');
  if (start >= 0) {
    const whole = line.length <= longestStructured && line.trimEnd().endsWith('}');
    const fields = whole ? parseJsonFields(line.slice(start)) : null;
    if (fields !== null) return readFields(fields);
    const cut = start === 0 ? readFields(parseCutJson(line.slice(0, longestText))) : null;
    return cut?.message == null ? null : cut;
  }
  if (!line.includes(equals)) return null;
  const pairs = parseLogfmt(line.slice(0, longestText));
  if (pairs === null) return null;
  const read = readFields(pairs);
  return read.message === null ? null : read;
}

function keyOf({ message, errorName, errorText, fieldNames }: StructuredLine): string {
  if (message === null) return errorText ?? errorName ?? `{${fieldNames.join(' ')}}`;
  if (errorName !== null) return message.startsWith(errorName) ? message : `${errorName}: ${message}`;
  return errorText === null ? message : `${message} ${errorText}`;
}
