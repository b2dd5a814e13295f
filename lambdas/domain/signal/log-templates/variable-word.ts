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

/** True for a word that names one instance of something and not the kind of thing: ids, paths, hosts, hexadecimal. */
export function isVariableWord(word: string, digits: boolean, slashes: number): boolean {
  if (digits) return true;
  if (slashes > 1) return true;
  if (slashes === 1 && (word.charCodeAt(0) === slash || word.startsWith('./'))) return word.length > 1;
  return (word.length >= 8 && hexOnly.test(word)) || isDottedName(word);
}
