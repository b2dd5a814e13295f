import type { LogLine } from '../series.ts';

/** One line of a stack trace as Node, the JVM, Python, Go, .NET and Ruby print them. */
const frame =
  /^(?:\s+at\s|\s*\.{3}\s\d+\s(?:more|common frames)|\s+File ".*", line \d+|\s*Caused by: |goroutine \d+ \[|\s+.+\.go:\d+|\s+from .+:\d+:in |\s+\^+\s*$)/;
const pythonHeader = /^Traceback \(most recent call last\):/;
const indented = /^\s/;
const longestMessage = 4096;

export function isStackFrame(line: string): boolean {
  return frame.test(line);
}

/** What a text of many lines says: its first line; of a Python trace, which ends with its error, the last. */
export function headline(text: string): string {
  const end = text.indexOf('\n');
  if (end < 0) return text;
  const first = text.slice(0, end);
  if (!pythonHeader.test(first)) return first;
  const last = text
    .slice(end + 1)
    .split('\n')
    .findLast((line) => line.trim() !== '' && !indented.test(line));
  return last ?? first;
}

const cause = /^\s*Caused by:/i;
const mostCauses = 2;

/** The headline of a text of many lines and what it was caused by, never the frames. */
export function foldedText(text: string): string {
  const first = headline(text);
  const causes = text.includes('\n') ? text.split('\n').filter((line) => cause.test(line)) : [];
  return [first, ...causes.slice(0, mostCauses).map((line) => line.trim())].join(' ');
}

type Open = { line: LogLine; python: boolean };

/**
 * Joins the lines of a stack trace that a platform delivered one by one to the line that they belong to, the last before
 * them of the same service and instance. Order is kept; nothing else is changed.
 */
export function foldStackTraces(lines: readonly LogLine[]): LogLine[] {
  const open = new Map<string, Open>();
  const folded: Open[] = [];
  for (const line of lines) {
    const source = `${line.service}\n${line.instance ?? ''}`;
    const before = open.get(source);
    const inPython = before?.python === true;
    const endsPython = inPython && !indented.test(line.message);
    if (before !== undefined && (inPython || isStackFrame(line.message))) {
      const message = `${before.line.message}\n${line.message}`;
      if (message.length <= longestMessage || endsPython) before.line = { ...before.line, message };
      if (endsPython) before.python = false;
      continue;
    }
    const next = { line, python: pythonHeader.test(line.message) };
    open.set(source, next);
    folded.push(next);
  }
  return folded.map(({ line }) => line);
}
