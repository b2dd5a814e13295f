import { UserError } from '../../scripts/user-error.ts';

const quote = '"';
const ends = /[,\n]/g;

/** What stands in quotes from `start` on, and where it ends; null when it never does. */
function readQuoted(text: string, start: number): { inside: string; end: number } | null {
  let inside = '';
  for (let from = start + 1; ; ) {
    const closing = text.indexOf(quote, from);
    if (closing < 0) return null;
    inside += text.slice(from, closing);
    if (text[closing + 1] !== quote) return { inside, end: closing + 1 };
    inside += quote;
    from = closing + 2;
  }
}

/** The plain text from `start` to the next comma or end of line, and where that is. */
function readPlain(text: string, start: number): { plain: string; end: number } {
  ends.lastIndex = start;
  const end = ends.exec(text)?.index ?? text.length;
  const plain = text.slice(start, end);
  return { plain: text[end] !== ',' && plain.endsWith('\r') ? plain.slice(0, -1) : plain, end };
}

/**
 * Rows of a text in comma-separated form (RFC 4180), without empty lines. As lenient as Python's: a quote within a field
 * that does not begin with one stands for itself, and so does a lone carriage return.
 * @throws UserError that names the source and the row in which a quote is opened and never closed.
 */
export function parseCsv(text: string, source: string): string[][] {
  const rows: string[][] = [];
  for (let at = 0; at < text.length; ) {
    const row: string[] = [];
    let more = true;
    while (more) {
      const quoted = text[at] === quote ? readQuoted(text, at) : { inside: '', end: at };
      if (quoted === null) throw new UserError(`${source}: row ${rows.length + 1} opens a quote that is never closed`);
      const { plain, end } = readPlain(text, quoted.end);
      row.push(quoted.inside + plain);
      more = text[end] === ',';
      at = end + 1;
    }
    if (row.length > 1 || row[0] !== '') rows.push(row);
  }
  return rows;
}
