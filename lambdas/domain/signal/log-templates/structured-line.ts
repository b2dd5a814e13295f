import { z } from 'zod';
import { type LogLevel, levelOf } from './line-level.ts';
import { headline } from './stack-trace.ts';

/** What a structured line says. Texts are the first lines of what was logged. */
export type StructuredLine = {
  readonly message: string | null;
  /** Name of what was thrown. */
  readonly errorName: string | null;
  /** What the thrown thing said of itself, its name included; null where there is none beside the message. */
  readonly errorText: string | null;
  readonly level: LogLevel;
  /** Other fields whose values are texts: what the line is about. */
  readonly values: readonly string[];
  readonly fieldNames: readonly string[];
};

type Fields = Readonly<Record<string, unknown>>;
const text = z.string().min(1);
const fieldsSchema = z.record(z.string(), z.unknown());

/** Where loggers put what happened, and where they put what was thrown; the first that is there counts. */
const messageFields = ['message', 'msg', 'errorMessage', 'event', 'text'];
const errorNameFields = ['errorType', 'exceptionType', 'errorName', 'error.type', 'exc_type'];
const errorFields = ['error', 'err', 'exception', 'cause'];
const nameFields = ['name', 'type', 'code', 'class'];
const levelFields = ['level', 'severity', 'levelname', 'lvl', 'log.level', 'LogLevel'];
const uninformative =
  /^(?:time|timestamp|ts|@timestamp|date|stack|stackTrace|trace|trace_?id|span_?id|request_?id|logger|thread)$/i;
const thrownName = /^[\w.$]{1,80}(?=:)/;
/** Text that is cut before it is looked at. */
const longestText = 1000;

/** What the fields of a structured line say, whatever form they were written in. */
export function readFields(fields: Fields): StructuredLine {
  const nested = errorFields.map((name) => fields[name]).find((value) => value !== undefined);
  const thrown = fieldsSchema.safeParse(nested).data ?? null;
  const message = firstText(fields, messageFields) ?? (thrown === null ? null : firstText(thrown, messageFields));
  const said = thrown === null ? cut(nested) : firstText(thrown, ['message', 'msg']);
  const errorName =
    firstText(fields, errorNameFields) ??
    (thrown === null ? (said?.match(thrownName)?.[0] ?? null) : firstText(thrown, nameFields));
  return {
    message,
    errorName,
    errorText: textOfError(errorName, said, message),
    level: levelOfFields(fields),
    values: Object.entries(fields)
      .filter(([name]) => !known.has(name) && !uninformative.test(name))
      .flatMap(([, value]) => (typeof value === 'string' ? [value] : [])),
    fieldNames: Object.keys(fields).sort(),
  };
}
const known: ReadonlySet<string> = new Set([...messageFields, ...errorNameFields, ...errorFields, ...levelFields]);

/** The fields of a line that is a JSON object; null for any other line. */
export function parseJsonFields(line: string): Fields | null {
  try {
    return fieldsSchema.safeParse(JSON.parse(line)).data ?? null;
  } catch (error) {
    // What only looks like JSON (cut off by the platform) is read as plain text.
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

const textField = /"([\w.@-]{1,60})"\s*:\s*"((?:[^"\\]|\\.){0,1000})"/g;
const mostFields = 32;

/** The text fields at the start of a JSON object that was cut off. */
export function parseCutJson(line: string): Fields {
  const fields: Record<string, string> = {};
  let count = 0;
  for (const [, name = '', value = ''] of line.matchAll(textField)) {
    fields[name] ??= value;
    count += 1;
    if (count === mostFields) break;
  }
  return fields;
}

function textOfError(name: string | null, said: string | null, message: string | null): string | null {
  if (said === null || said === message) return name !== null && message?.startsWith(name) === true ? null : name;
  return name === null || said.startsWith(name) ? said : `${name}: ${said}`;
}

function levelOfFields(fields: Fields): LogLevel {
  const value = levelFields.map((name) => fields[name]).find((one) => one !== undefined);
  if (typeof value === 'number') return levelOfNumber(value);
  return typeof value === 'string' ? levelOf(value) : 'unknown';
}

/** As pino and bunyan number them: 10 and 20 are details, 30 is information, 40 a warning, more is worse. */
function levelOfNumber(value: number): LogLevel {
  if (value >= 50) return 'error';
  return value >= 40 ? 'warn' : value >= 30 ? 'info' : value >= 10 ? 'debug' : 'unknown';
}

function firstText(fields: Fields, names: readonly string[]): string | null {
  for (const name of names) {
    const found = cut(fields[name]);
    if (found !== null) return found;
  }
  return null;
}

function cut(value: unknown): string | null {
  const parsed = text.safeParse(value);
  return parsed.success ? headline(parsed.data).slice(0, longestText) : null;
}
