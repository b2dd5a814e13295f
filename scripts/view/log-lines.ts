import { z } from 'zod';
import type { FunctionLogLine } from '../operator/read-function-log.ts';
import type { Screen } from './screen.ts';
import { padEnd, plain, wrap } from './text.ts';
import { timeOfDay } from './time.ts';

/** A line of our own functions is JSON; what the platform writes around it is not. */
const structured = z.object({ level: z.string(), message: z.string() }).loose();

/** Fields that repeat on every line and say nothing new. */
const known = new Set([
  'level',
  'message',
  'timestamp',
  'service',
  'sampling_rate',
  'xray_trace_id',
  'cold_start',
  'function_arn',
  'function_memory_size',
  'function_name',
  'function_request_id',
]);

export const logLines = (line: FunctionLogLine, screen: Screen): readonly string[] => {
  const { paint } = screen;
  const parsed = structured.safeParse(parseJson(line.message));
  const level = parsed.success ? parsed.data.level.toUpperCase() : '';
  const rest = parsed.success ? Object.entries(parsed.data).filter(([name]) => !known.has(name)) : [];
  const text = parsed.success
    ? [parsed.data.message, ...rest.map(([name, value]) => `${name}=${JSON.stringify(value)}`)].join(' ')
    : line.message;
  const colour = level === 'ERROR' ? paint.bad : level === 'WARN' ? paint.gold : (same: string) => same;
  const margin = 17;
  return wrap(plain(text), screen.width - margin).map((part, index) =>
    index === 0
      ? `${paint.quiet(timeOfDay(line.at))}  ${colour(padEnd(level, 5))}  ${parsed.success ? part : paint.quiet(part)}`
      : ' '.repeat(margin) + part,
  );
};

const parseJson = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
};
