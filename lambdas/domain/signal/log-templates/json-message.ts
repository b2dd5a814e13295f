import { z } from 'zod';

const text = z.string().min(1);
const fieldsSchema = z.record(z.string(), z.unknown());

/** Where loggers put what happened, and where they put the name of what was thrown; the first that is there counts. */
const messageFields = ['message', 'msg', 'errorMessage', 'event', 'error'];
const errorNameFields = ['errorType', 'exception', 'exceptionType', 'errorName'];
const errorFields = ['error', 'err', 'exception', 'cause'];
const nameFields = ['name', 'type', 'code', 'class'];

function firstText(fields: Readonly<Record<string, unknown>>, names: readonly string[]): string | undefined {
  for (const name of names) {
    const parsed = text.safeParse(fields[name]);
    if (parsed.success) return parsed.data;
  }
  return undefined;
}

function errorName(fields: Readonly<Record<string, unknown>>): string | undefined {
  const own = firstText(fields, errorNameFields);
  if (own !== undefined) return own;
  for (const name of errorFields) {
    const nested = fieldsSchema.safeParse(fields[name]);
    const found = nested.success ? firstText(nested.data, nameFields) : undefined;
    if (found !== undefined) return found;
  }
  return undefined;
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/**
 * The message and the error's name of a structured line, or its field names when it has neither; undefined when the
 * line is no JSON object.
 */
export function jsonMessage(line: string): string | undefined {
  const object = fieldsSchema.safeParse(parsed(line));
  if (!object.success) return undefined;
  const fields = object.data;
  const name = errorName(fields);
  const message = firstText(fields, messageFields) ?? nestedMessage(fields);
  if (message !== undefined) return name === undefined || message.startsWith(name) ? message : `${name}: ${message}`;
  return name ?? `{${Object.keys(fields).sort().join(' ')}}`;
}

function nestedMessage(fields: Readonly<Record<string, unknown>>): string | undefined {
  for (const name of errorFields) {
    const nested = fieldsSchema.safeParse(fields[name]);
    const found = nested.success ? firstText(nested.data, messageFields) : undefined;
    if (found !== undefined) return found;
  }
  return undefined;
}
