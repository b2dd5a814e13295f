/** Signs between the parts of one value: 10.0.0.1:80, 2026-03-03 10:00:00. */
const joint = /^[:,#@\-/. ]?$/;
const time =
  /^(?:\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d)?(?:[.,]\d+)?(?:Z|[+-]\d\d:?\d\d)?)?|\d\d:\d\d:\d\d(?:[.,]\d+)?)$/;
const url = /^[a-z][a-z\d+.-]*:\/\//i;
const mail = /^[\w.+-]+@[\w-]+\./;
const identifier = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i;
const address = /^\d{1,3}(?:\.\d{1,3}){3}(?::\d+)?$/;
const number = /^[-+$]?\d+(?:[.,:]\d+)*(?: ?(?:%|[a-z]{1,7}(?:\/s)?))?$/i;
const hexadecimal = /^(?:0x[\da-f]+|[\da-f]{6,})$/i;
const path = /[/\\]/;
const status = /^[1-5]\d\d$/;
const announcesStatus = /(?:status|http|code)[=: /]{0,2}$/i;

/** Kinds of value that name something worth counting, as against a time or an amount. */
const naming: ReadonlySet<string> = new Set(['<id>', '<value>', '<hex>', '<address>']);

export type Readable = {
  /** The text with the kind of each value in its place; status codes stay. */
  readonly text: string;
  /** Values that name something, as written. */
  readonly names: readonly string[];
};

/** Replaces the values of a text, given by start and end, by what kind of value each is. */
export function makeReadable(text: string, spans: readonly number[]): Readable {
  const names: string[] = [];
  let read = '';
  let at = 0;
  for (const [start, end] of joined(text, spans)) {
    const value = text.slice(start, end);
    const before = text.slice(Math.max(0, start - 12), start);
    if (status.test(value) && announcesStatus.test(before)) continue;
    const kind = kindOf(value, text.charAt(start - 1));
    // Brackets around a name are how loggers give thread and module.
    const bracketed = text[start - 1] === '[' && text[end] === ']';
    if (naming.has(kind) && !bracketed) names.push(value);
    read += text.slice(at, start) + kind;
    at = end;
  }
  return { text: read + text.slice(at), names };
}

/** Parts of one value, `10.0.0.1` `:` `80`, as one. */
function joined(text: string, spans: readonly number[]): [number, number][] {
  const whole: [number, number][] = [];
  for (let index = 0; index + 1 < spans.length; index += 2) {
    const start = spans[index] ?? 0;
    const end = spans[index + 1] ?? 0;
    const last = whole.at(-1);
    const separator = last === undefined ? null : text.slice(last[1], start);
    if (last !== undefined && separator !== null && joint.test(separator) && belongs(text, last, [start, end]))
      last[1] = end;
    else whole.push([start, end]);
  }
  return whole;
}

/** Two values with a space between are one only when they are a date and a time, or an amount and its unit. */
function belongs(text: string, [start, end]: [number, number], [nextStart, nextEnd]: [number, number]): boolean {
  if (text.slice(end, nextStart) !== ' ') return true;
  const both = text.slice(start, nextEnd);
  return time.test(both) || (number.test(both) && !/\d$/.test(both));
}

function kindOf(value: string, before: string): string {
  if (before === '"' || before === "'") return '<value>';
  if (time.test(value)) return '<time>';
  if (url.test(value)) return '<url>';
  if (mail.test(value)) return '<email>';
  if (identifier.test(value)) return '<id>';
  if (address.test(value)) return '<address>';
  if (number.test(value)) return '<n>';
  if (hexadecimal.test(value)) return '<hex>';
  return path.test(value) ? '<path>' : '<id>';
}
