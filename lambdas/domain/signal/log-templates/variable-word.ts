import { topLevelDomains } from './vocabulary.ts';

const hexOnly = /^[a-fA-F]{8,}$/;
const dottedLowercase = /^[a-z][a-z_-]*(?:\.[a-z][a-z_-]*)+$/;
const slash = 47;

/** A host name or a package: lower-case labels, three or more, or two of which the last is a top-level domain. */
function isDottedName(word: string): boolean {
  const last = word.lastIndexOf('.');
  if (last <= 0 || !dottedLowercase.test(word)) return false;
  return word.indexOf('.') !== last || topLevelDomains.has(word.slice(last + 1));
}

/** One slash makes a path at the start or beside a dot, `/tmp`, `./run`, `app/main.ts`; `read/write` is none. */
function isPath(word: string): boolean {
  if (word.length === 1) return false;
  if (word.charCodeAt(0) === slash) return true;
  const dot = word.indexOf('.');
  return dot >= 0 && dot < word.length - 1;
}

/** True for a word that names one instance of something and not the kind of thing: ids, paths, hosts, hexadecimal. */
export function isVariableWord(word: string, digits: boolean, slashes: number): boolean {
  if (digits) return true;
  if (slashes > 1) return true;
  if (slashes === 1 && isPath(word)) return true;
  return (word.length >= 8 && hexOnly.test(word)) || isDottedName(word);
}
