import { designs } from './designs.ts';

/**
 * What the shop's programs write, by occasion. Some services write JSON, some
 * plain text; wording is the same in sickness and in health, only rates differ.
 */
export type Level = 'INFO' | 'WARN' | 'ERROR' | 'FATAL';

/** Numbers a line may need: a fresh 32-bit integer for each use. */
export type Details = {
  readonly number: (low: number, high: number) => number;
  readonly merchant: string;
  readonly name: string;
};

const requestId = (d: Details): string => d.number(0, 0xffffffff).toString(16).padStart(8, '0');

export function say(service: number, level: Level, message: string, d: Details, fields: object = {}): string {
  if (designs[service]?.logFormat === 'json') {
    return JSON.stringify({ level: level.toLowerCase(), message, ...fields, requestId: requestId(d) });
  }
  const details = Object.entries(fields).map(([name, value]) => ` ${name}=${String(value)}`);
  return `${level.padEnd(5)} [exec-${d.number(1, 48)}] ${message}${details.join('')}`;
}

/** An error with its stack, as the runtime prints it. */
export function sayError(service: number, message: string, error: string, d: Details, fields: object = {}): string {
  const stack = `${error}\n    at handle (/app/dist/handler.js:${d.number(20, 900)}:${d.number(3, 60)})\n    at process.processTicksAndRejections (node:internal/process/task_queues:105:5)`;
  if (designs[service]?.logFormat === 'json') {
    return JSON.stringify({ level: 'error', message, error: stack, ...fields, requestId: requestId(d) });
  }
  const details = Object.entries(fields).map(([name, value]) => ` ${name}=${String(value)}`);
  return `ERROR [exec-${d.number(1, 48)}] ${message}${details.join('')}: ${stack}`;
}

type Line = (service: number, d: Details) => string;

const routes = ['/catalog/item', '/search', '/cart', '/checkout'] as const;

/** Lines that need nothing but details; `d.name` is a peer, a job, a message key or a zone where one is named. */
export const lines = {
  accessed: (s, d) =>
    say(s, 'INFO', 'request completed', d, {
      route: routes[d.number(0, 3)],
      status: 200,
      durationMs: d.number(18, 260),
      merchant: d.merchant,
    }),
  accessFailed: (s, d) =>
    say(s, 'ERROR', 'request failed with status 502', d, { route: routes[d.number(0, 3)], merchant: d.merchant }),
  handled: (s, d) => say(s, 'INFO', `handled request in ${d.number(3, 180)} ms`, d, { merchant: d.merchant }),
  exception: (s, d) =>
    sayError(
      s,
      'unhandled exception while handling request',
      "TypeError: Cannot read properties of undefined (reading 'amount')",
      d,
      { merchant: d.merchant },
    ),
  setting: (s, d) =>
    say(s, 'ERROR', 'missing required setting "routing.default", request rejected', d, { merchant: d.merchant }),
  flag: (s, d) =>
    sayError(s, 'feature flag "express-lane" is on', 'NotImplementedError: no handler for this path', d, {
      merchant: d.merchant,
    }),
  hardware: (s, d) =>
    say(s, 'ERROR', `I/O error on device nvme0n1: read of sector ${d.number(100000, 9000000)} failed`, d),
  backend: (s, d) =>
    say(s, 'ERROR', `storage backend answered with an error: checksum mismatch in segment ${d.number(1, 900)}`, d),
  credential: (s, d) =>
    say(s, 'ERROR', `call rejected with status 401 unauthorized: credential "${d.name}" has expired`, d),
  retrying: (s, d) => say(s, 'WARN', `retrying call to ${d.name}, attempt 2`, d),
  refused: (s, d) => say(s, 'ERROR', `connect ECONNREFUSED: connection refused by ${d.name}`, d),
  overloaded: (s, d) =>
    say(s, 'ERROR', `too many requests in flight, answered with status 503`, d, { merchant: d.merchant }),
  poolExhausted: (s, d) =>
    say(
      s,
      'ERROR',
      `connection pool exhausted: no free connection after ${d.number(950, 1050)} ms, ${d.number(2, 60)} waiting`,
      d,
    ),
  poolLeak: (s, d) => say(s, 'WARN', `pooled connection not returned for ${d.number(60, 900)} s by its borrower`, d),
  collected: (s, d) => say(s, 'WARN', `GC pause of ${d.number(90, 900)} ms, heap at ${d.number(84, 98)}%`, d),
  heapFull: (s, d) => sayError(s, 'allocation failed', 'OutOfMemoryError: JavaScript heap out of memory', d),
  killed: (s, d) =>
    say(s, 'ERROR', `Out of memory: Killed process ${d.number(300, 32000)} (worker-${d.number(1, 9)})`, d),
  noSpace: (s, d) => sayError(s, 'write failed', 'ENOSPC: no space left on device, write', d),
  logFiles: (s, d) =>
    say(s, 'WARN', `log files take ${d.number(2, 30)} GB of the volume, debug.log alone ${d.number(1, 28)} GB`, d),
  temporaryFiles: (s, d) =>
    say(
      s,
      'WARN',
      `temporary files take ${d.number(2, 30)} GB of the volume, ${d.number(1000, 90000)} files in the spool`,
      d,
    ),
  dataFiles: (s, d) =>
    say(
      s,
      'WARN',
      `data files take ${d.number(60, 190)} GB of the volume, table "order_events" grew by ${d.number(1, 30)} GB`,
      d,
    ),
  steal: (s, d) => say(s, 'WARN', `CPU steal at ${d.number(20, 95)}%: the host is overcommitted`, d),
  busyThread: (s, d) =>
    say(s, 'WARN', `thread worker-${d.number(1, 16)} has been busy for ${d.number(30, 600)} s in evaluate()`, d),
  slow: (s, d) => say(s, 'WARN', `slow operation: storage read took ${d.number(400, 2500)} ms`, d),
  slowQuery: (s, d) =>
    say(s, 'WARN', `slow query took ${d.number(400, 2500)} ms: SELECT ... FROM orders WHERE id = $1`, d),
  reset: (s, d) => say(s, 'WARN', `connection reset by peer in zone ${d.name}, packets lost, retransmitting`, d),
  missRate: (s, d) => say(s, 'WARN', `cache miss rate at ${d.number(40, 99)}% over the last minute`, d),
  cacheSize: (s, d) =>
    say(
      s,
      'WARN',
      `cache holds ${d.number(100000, 3000000)} entries, ${d.number(200, 900)} MB, nothing evicted: no limit set`,
      d,
    ),
  unreadable: (s, d) =>
    sayError(
      s,
      `failed to deserialize message ${d.name}, it will be redelivered`,
      'SyntaxError: Unexpected token in JSON',
      d,
    ),
  payload: (s, d) =>
    say(s, 'WARN', `message ${d.name} has a payload of ${d.number(200, 1400)} MB, far too large for its buffer`, d),
  queueDeep: (s, d) =>
    say(s, 'WARN', `queue is ${d.number(500, 4500)} messages deep, oldest waits ${d.number(30, 900)} s`, d),
  queueFull: (s, d) => say(s, 'ERROR', 'enqueue failed: the queue is full', d, { merchant: d.merchant }),
  surge: (s, d) => say(s, 'WARN', `request rate of merchant ${d.merchant} is ${d.number(3, 40)} times its usual`, d),
  exited: (s, d) => say(s, 'FATAL', `process exited with code ${d.number(1, 2)}, back-off before the next start`, d),
  started: (s, d) => say(s, 'INFO', `process started, listening on port 8080 after ${d.number(3000, 30000)} ms`, d),
  jobStarted: (s, d) => say(s, 'INFO', `job ${d.name} started`, d),
  jobFinished: (s, d) => say(s, 'INFO', `job ${d.name} finished, ${d.number(2000, 90000)} rows`, d),
  jobProgress: (s, d) => say(s, 'INFO', `job ${d.name} has processed ${d.number(2000, 900000)} rows`, d),
  flushed: (s, d) => say(s, 'INFO', `cache flush: ${d.number(1000, 90000)} entries dropped`, d),
  rotated: (s, d) => say(s, 'INFO', `log rotation: ${d.number(2, 14)} files compressed`, d),
} as const satisfies Record<string, Line>;
export type LineName = keyof typeof lines;

/** `upstream payments timed out after 2000 ms`. */
export const timedOut = (service: number, peer: string, milliseconds: number, d: Details): string =>
  say(service, 'WARN', `upstream ${peer} timed out after ${milliseconds} ms`, d);
