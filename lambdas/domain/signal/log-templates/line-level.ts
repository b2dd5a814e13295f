export const logLevels = ['debug', 'info', 'warn', 'error', 'unknown'] as const;
export type LogLevel = (typeof logLevels)[number];

const error = /\b(?:error|fatal|critical|panic|emerg|alert|severe|err)\b|\w(?:Exception|Error)\b/i;
const warning = /\bwarn(?:ing)?\b/i;
const information = /\b(?:info|information|notice)\b/i;
const detail = /\b(?:debug|trace|verbose)\b/i;
/** Severity stands early in a line; what is named later on is what the line is about. */
const lookedAt = 400;

/** How serious a text says it is, by the gravest word in it. */
export function levelOf(text: string): LogLevel {
  const start = text.length > lookedAt ? text.slice(0, lookedAt) : text;
  if (error.test(start)) return 'error';
  if (warning.test(start)) return 'warn';
  if (information.test(start)) return 'info';
  return detail.test(start) ? 'debug' : 'unknown';
}
