import type { LogEvidence } from './evidence.ts';

/** What one line says once everything that differs from line to line is masked. */
export type ReadLine = {
  readonly template: string;
  readonly level: LogEvidence['level'];
  /** The masked identifiers, as written, at most 12. */
  readonly parameters: readonly string[];
  readonly merchants: readonly string[];
};

const maximumLineLength = 4000;
const maximumTemplateLength = 240;

const safeName = /^[\w.:@/+-]{1,80}$/;
const controlCharacters = /[\p{Cc}\p{Cf}\p{Co}\p{Cn}]/gu;
const stackFrame = /^\s*(?:at\s+\S|File "|\.{3} \d+ more|goroutine \d+)/;

/**
 * Masks one line into its template; null where the line is but a frame of a
 * stack trace, which says nothing that its head did not.
 */
export const readLogLine = (message: string): ReadLine | null => {
  const lines = message
    .slice(0, maximumLineLength)
    .split(/\r?\n/)
    .map((line) => line.replace(/\t/g, ' ').replace(controlCharacters, ''));
  const head = lines[0] ?? '';
  if (lines.length === 1 && stackFrame.test(head)) {
    return null;
  }
  const structured = readJson(head);
  const text = structured === null ? foldStack(lines) : structured.text;
  const masked = mask(text);
  return {
    template: masked.text.slice(0, maximumTemplateLength),
    level: structured?.level ?? levelOf(text),
    parameters: [...new Set([...(structured?.values ?? []), ...masked.values])].filter(isName).slice(0, 12),
    merchants: merchantsOf(head),
  };
};

const isName = (value: string): boolean => safeName.test(value) && !/^[\d.:+-]+$/.test(value);

/** Keeps the head and what it was caused by, never the frames. */
const foldStack = (lines: readonly string[]): string => {
  const head = lines[0] ?? '';
  const rest = lines.slice(1).filter((line) => line.trim() !== '' && !stackFrame.test(line));
  if (/^Traceback/.test(head)) {
    return rest.findLast((line) => !/^\s/.test(line)) ?? head;
  }
  const causes = rest.filter((line) => /^\s*Caused by:/i.test(line)).slice(0, 2);
  return [head, ...causes.map((line) => line.trim())].join(' ');
};

const messageFields = ['message', 'msg', 'event', 'text'];
const levelFields = ['level', 'severity', 'levelname'];
const errorFields = ['error', 'err', 'exception', 'errorName', 'errorType', 'error.type'];
const uninformative = /^(?:time|timestamp|ts|@timestamp|date|stack|stackTrace|trace_?id|span_?id|request_?id)$/i;

const readJson = (
  line: string,
): { readonly text: string; readonly level: LogEvidence['level']; readonly values: readonly string[] } | null => {
  const fields = parseObject(line);
  if (fields === null) {
    return null;
  }
  const first = (names: readonly string[]) => names.map((name) => fields[name]).find((value) => value !== undefined);
  const error = first(errorFields);
  const text = [textOf(first(messageFields)), errorText(error)].filter((part) => part !== '').join(' ');
  const values = Object.entries(fields)
    .filter(([name]) => ![...messageFields, ...levelFields, ...errorFields].includes(name) && !uninformative.test(name))
    .flatMap(([, value]) => (typeof value === 'string' ? [value] : []));
  return { text, level: levelOf(textOf(first(levelFields))), values };
};

const parseObject = (line: string): Readonly<Record<string, unknown>> | null => {
  if (!line.startsWith('{')) {
    return null;
  }
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === 'object' && value !== null ? { ...value } : null;
  } catch (error) {
    // A line that only looks like JSON (cut off by the platform) is read as plain text.
    if (error instanceof SyntaxError) {
      return null;
    }
    throw error;
  }
};

const textOf = (value: unknown): string =>
  typeof value === 'string' ? (value.split('\n')[0] ?? '').replace(controlCharacters, '').slice(0, 1000) : '';

const errorText = (error: unknown): string => {
  if (typeof error === 'object' && error !== null) {
    const { name, type, message } = { name: undefined, type: undefined, message: undefined, ...error };
    return [textOf(name ?? type), textOf(message)].filter((part) => part !== '').join(': ');
  }
  return textOf(error);
};

const levelOf = (text: string): LogEvidence['level'] => {
  if (/\b(?:error|fatal|critical|panic|emerg|severe|err)\b/i.test(text) || /\w(?:Exception|Error)\b/.test(text)) {
    return 'error';
  }
  if (/\bwarn(?:ing)?\b/i.test(text)) {
    return 'warn';
  }
  if (/\b(?:info|notice)\b/i.test(text)) {
    return 'info';
  }
  return /\b(?:debug|trace)\b/i.test(text) ? 'debug' : 'unknown';
};

const merchantsOf = (line: string): readonly string[] => [
  ...new Set(
    [...line.matchAll(/\b(?:merchant|tenant)(?:_?id)?["']?\s*[=: ]\s*["']?([\w-]{1,40})/gi)].flatMap(([, name]) =>
      name !== undefined && (/\d/.test(name) || /["=:]/.test(line)) ? [name] : [],
    ),
  ),
];

/** In order: what one rule masks the next ones no longer see. */
const rules: readonly { readonly pattern: RegExp; readonly mask: string }[] = [
  { pattern: /\b\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:[.,]\d+)?(?:Z|[+-]\d\d:?\d\d)?/g, mask: '<time>' },
  { pattern: /\b\d\d:\d\d:\d\d(?:[.,]\d+)?\b/g, mask: '<time>' },
  { pattern: /\b[a-z][a-z0-9+.-]*:\/\/[^\s"'<>]+/gi, mask: '<url>' },
  { pattern: /\b[\w.+-]+@[\w-]+\.[\w.]+\b/g, mask: '<email>' },
  { pattern: /\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b/gi, mask: '<id>' },
  { pattern: /"([^"]{1,200})"|'([^']{1,200})'/g, mask: '<value>' },
  { pattern: /\b\d{1,3}(?:\.\d{1,3}){3}(?::\d+)?\b/g, mask: '<address>' },
  { pattern: /(?<=^|[\s=(:,])(?:\/[\w.@%+-]+)+\/?/g, mask: '<path>' },
  { pattern: /\b0x[0-9a-f]+\b|(?<![\w-])(?=[a-f]*\d)(?=\d*[a-f])[0-9a-f]{8,}\b/gi, mask: '<hex>' },
  { pattern: /\b[A-Za-z][A-Za-z_]*[\w.:@/-]*\d[\w.:@/-]*(?<![:.-])/g, mask: '<id>' },
  { pattern: /(?<![\w<])(?<!(?:status|http|code)[=: /]{0,2})[-+]?\d+(?:[.,]\d+)*(?:%|[a-z]{1,3}\b)?/gi, mask: '<n>' },
];

/** Masks that hide a name worth counting, as against a time or an amount. */
const naming: readonly string[] = ['<id>', '<value>', '<hex>', '<address>'];

const mask = (line: string): { readonly text: string; readonly values: readonly string[] } => {
  const values: string[] = [];
  const text = rules.reduce(
    (rest, rule) =>
      rest.replace(rule.pattern, (whole: string, ...others: readonly unknown[]) => {
        const offset = others.findLast((each) => typeof each === 'number') ?? 0;
        const inner = others.find((each) => typeof each === 'string' && each !== rest);
        // Brackets around a name are how loggers give thread and module.
        const bracketed = rest[offset - 1] === '[' && rest[offset + whole.length] === ']';
        if (naming.includes(rule.mask) && !bracketed) {
          values.push(typeof inner === 'string' ? inner : whole);
        }
        return rule.mask;
      }),
    line,
  );
  return { text: text.replace(/\s+/g, ' ').trim(), values };
};
