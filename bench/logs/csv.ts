const quote = '"';

function unquote(field: string): string {
  return field.startsWith(quote) ? field.slice(1, -1).replaceAll('""', quote) : field;
}

const field = /("(?:[^"]|"")*"|[^",\r\n]*)(,|\r?\n|$)/y;

/** Rows of a text in comma-separated form (RFC 4180), without empty lines. */
export function parseCsv(text: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  field.lastIndex = 0;
  while (field.lastIndex < text.length) {
    const at = field.lastIndex;
    const match = field.exec(text);
    if (match === null) throw new SyntaxError(`no field at character ${at}`);
    row.push(unquote(match[1] ?? ''));
    if (match[2] === ',') continue;
    if (row.length > 1 || row[0] !== '') rows.push(row);
    row = [];
  }
  return rows;
}
