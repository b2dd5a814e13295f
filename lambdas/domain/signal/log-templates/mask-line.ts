import { isVariableWord } from './variable-word.ts';
import { announcers, dateWords, truthValues, unitWords } from './vocabulary.ts';

/** Stands in a masked line for anything that varies: a number, an id, an address, a path, a date. */
export const wildcard = '*';

const kind = { space: 0, word: 1, digit: 2, slash: 3, punctuation: 4 } as const;

/** Letters and what holds a name together stay inside a word; all other signs stand alone. */
const kinds = new Uint8Array(128).fill(kind.punctuation);
for (let code = 0; code <= 32; code++) kinds[code] = kind.space;
for (const sign of '_-.+$%~*') kinds[sign.charCodeAt(0)] = kind.word;
for (let code = 48; code <= 57; code++) kinds[code] = kind.digit;
for (let code = 65; code <= 90; code++) kinds[code] = kind.word;
for (let code = 97; code <= 122; code++) kinds[code] = kind.word;
for (const sign of '/\\') kinds[sign.charCodeAt(0)] = kind.slash;

function kindOf(code: number): number {
  return code < 128 ? (kinds[code] ?? kind.word) : kind.word;
}

const longestPeriod = 6;

const dot = 46;
const colon = 58;
const questionMark = 63;
const at = 64;
const closingBracket = 41;

/** Groups of hexadecimal between colons: a hardware address, an IPv6 address. */
const colonGroups = /(?:[0-9A-Fa-f]{1,4}:{1,2}){3,}[0-9A-Fa-f]{1,4}/y;
const mailAddress = /[\w.+-]+@[\w-]+(?:\.[A-Za-z][\w-]*)+/y;

/** Signs that join the parts of one value: 10.0.0.1:80, 08:16:50, 7##12##9, "1, 2, 3". */
function isJoint(token: string | undefined): boolean {
  return token === ':' || token === ',' || token === '#' || token === '@' || token === '-';
}

function pushWildcard(tokens: string[]): void {
  const last = tokens.length - 1;
  if (tokens[last] === wildcard) return;
  let before = last;
  while (before >= 0 && isJoint(tokens[before])) before--;
  if (before >= 0 && before < last && tokens[before] === wildcard) tokens.length = before + 1;
  else if (tokens[last] === '<' || tokens[last] === '>') tokens[last] = wildcard;
  else {
    tokens.push(wildcard);
    foldRepetition(tokens);
  }
}

/** A list of unknown length, `a=1; a=2; a=3`, shows one of its members. */
function foldRepetition(tokens: string[]): void {
  const size = tokens.length;
  for (let period = 2; period <= longestPeriod && 2 * period <= size; period++) {
    let offset = 1;
    while (offset <= period && tokens[size - offset] === tokens[size - offset - period]) offset++;
    if (offset > period) {
      tokens.length = size - period;
      return;
    }
  }
}

/** Empty brackets say nothing; a size said twice, `1024 (1.00 KB)`, is said once. */
function closeBracket(tokens: string[]): void {
  const size = tokens.length;
  if (tokens[size - 1] === '(') tokens.length = size - 1;
  else if (tokens[size - 1] === wildcard && tokens[size - 2] === '(' && tokens[size - 3] === wildcard) {
    tokens.length = size - 2;
  } else tokens.push(')');
}

/** True when the word turned out to be, or to belong to, a value. */
function pushWord(tokens: string[], raw: string): boolean {
  const word = raw.length > 1 && raw.endsWith('.') ? raw.slice(0, -1) : raw;
  const last = tokens[tokens.length - 1];
  if (last === wildcard && unitWords.has(word)) return true;
  const isValue =
    dateWords.has(word) || (last !== undefined && announcers.has(last)) || (last === '=' && truthValues.has(word));
  if (isValue) pushWildcard(tokens);
  else tokens.push(word);
  return isValue;
}

function isDigit(code: number): boolean {
  return code >= 48 && code <= 57;
}

/** `host.example:80`, `file.c:120`: a dotted word that a number follows at once. */
function hasPort(line: string, end: number, word: string): boolean {
  return line.charCodeAt(end) === colon && isDigit(line.charCodeAt(end + 1)) && word.includes('.', 1);
}

function isQuote(code: number): boolean {
  return code === 34 || code === 39;
}

/** Behind "=" and ":" stands a value. */
function followsSign(tokens: readonly string[]): boolean {
  const last = tokens[tokens.length - 1];
  return last === '=' || last === ':';
}

/** Where the text that belongs to a value ends: an address in groups, a mail address, or a query behind a path. */
function endOfValue(line: string, start: number, end: number, isPath: boolean): number {
  const code = line.charCodeAt(end);
  if (code === colon && end - start <= 4) {
    colonGroups.lastIndex = start;
    if (colonGroups.test(line)) return colonGroups.lastIndex;
  }
  if (code === at) {
    mailAddress.lastIndex = start;
    if (mailAddress.test(line)) return mailAddress.lastIndex;
  }
  if (code === questionMark && isPath) {
    let index = end;
    while (index < line.length && kindOf(line.charCodeAt(index)) !== kind.space && line[index] !== '"') index++;
    return index;
  }
  return end;
}

/**
 * Splits a line into tokens with all that looks like a value replaced by a wildcard: numbers with their unit, ids,
 * addresses, hexadecimal, paths, dates. One pass, no rule that knows a system. At most `limit` tokens. Start and end of
 * each value in the line are added to `spans`, in order.
 */
export function maskLine(line: string, limit: number, spans: number[] | null = null): string[] {
  const tokens: string[] = [];
  const length = line.length;
  let index = 0;
  while (index < length && tokens.length < limit) {
    const code = line.charCodeAt(index);
    const first = kindOf(code);
    if (first === kind.space) {
      index++;
      continue;
    }
    if (first === kind.punctuation) {
      const quoted = isQuote(code) && followsSign(tokens) ? line.indexOf(line.charAt(index), index + 1) : -1;
      if (quoted > 0) {
        pushWildcard(tokens);
        spans?.push(index + 1, quoted);
        index = quoted;
      } else if (code === closingBracket) closeBracket(tokens);
      else tokens.push(line.charAt(index));
      index++;
      continue;
    }
    const start = index;
    let digits = false;
    let slashes = 0;
    for (; index < length; index++) {
      const next = line.charCodeAt(index);
      const nextKind = kindOf(next);
      if (nextKind === kind.digit) digits = true;
      else if (nextKind === kind.slash) slashes++;
      else if (nextKind !== kind.word) break;
      // A row of dots fills space, it does not belong to a word.
      else if (next === dot && line.charCodeAt(index + 1) === dot) break;
    }
    const word = line.slice(start, index);
    const end = endOfValue(line, start, index, slashes > 0);
    if (end > index || isVariableWord(word, digits, slashes) || hasPort(line, index, word)) {
      pushWildcard(tokens);
      spans?.push(start, end);
    } else if (word.length > 0 && pushWord(tokens, word)) spans?.push(start, end);
    index = end;
    while (line.charCodeAt(index) === dot) index++;
  }
  return tokens;
}
