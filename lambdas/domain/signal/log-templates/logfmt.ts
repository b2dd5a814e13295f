/** `key=value key="a value"`, as Go services and many others log. */
const pair = /([A-Za-z_][\w.@-]{0,60})=(?:"((?:[^"\\]|\\.){0,2000})"|([^\s"]{0,2000}))/g;
const begins = /^\s*(?:\S{1,40}\s+){0,4}?[A-Za-z_][\w.@-]{0,60}=/;
const hasMessage = /(?:^|\s)(?:msg|message)=/;
const mostPairs = 64;

/** The fields of a line in logfmt that says what happened in `msg`; null for any other line. */
export function parseLogfmt(line: string): Readonly<Record<string, string>> | null {
  if (!hasMessage.test(line) || !begins.test(line)) return null;
  const fields: Record<string, string> = {};
  let pairs = 0;
  for (const [, name = '', quoted, plain] of line.matchAll(pair)) {
    fields[name] = quoted === undefined ? (plain ?? '') : quoted.replaceAll('\\"', '"');
    pairs += 1;
    if (pairs === mostPairs) break;
  }
  return pairs < 2 ? null : fields;
}
