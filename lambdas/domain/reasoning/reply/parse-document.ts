import { JSONRepairError, jsonrepair } from 'jsonrepair';
import { type FoundDocument, findDocuments } from './find-document.ts';

/** How a document was got out of a reply that was not one as a whole. */
export type Mending = 'unwrapped' | 'repaired' | 'closed';

export type ParsedDocument =
  | { readonly value: unknown; readonly mended: readonly Mending[] }
  | { readonly errorClass: 'syntax' | 'refusal' | 'empty'; readonly problem: string };

const maximumReplyLength = 100_000;

/**
 * The one JSON document of a reply, with what is safely mended: fences and prose around it, and
 * punctuation. A repair may change nothing but punctuation, so no value is ever dropped, guessed or
 * completed. To a reply that was cut short only its very last brace may be added: while a list or an inner
 * object is open, a part of it may be lost; a string or number at the end may be half of itself; and a lost
 * field of the whole is found by the schema, in which every one is required.
 */
export const parseDocument = (text: string): ParsedDocument => {
  if (text.trim() === '') return { errorClass: 'empty', problem: 'the reply is empty' };
  if (text.length > maximumReplyLength) {
    return syntax(`the reply has ${text.length} characters; at most ${maximumReplyLength} are read`);
  }
  const documents = findDocuments(text);
  const [document] = documents;
  if (document === undefined) {
    return { errorClass: 'refusal', problem: 'the reply is not JSON: there is no document in it, only words' };
  }
  if (documents.length > 1) return syntax(`the reply is not JSON: ${documents.length} documents instead of one`);
  if (document.ambiguity !== null) return syntax(`the reply is not JSON: ${document.ambiguity}`);
  const source = text.slice(document.start, document.end ?? text.length).trimEnd();
  if (document.end === null && !onlyLastBraceIsMissing(document, source)) {
    return syntax('the reply is not JSON: it is cut short');
  }
  const unwrapped: readonly Mending[] = source === text.trim() ? [] : ['unwrapped'];
  const whole = parse(source);
  if (whole !== null) return { ...whole, mended: unwrapped };
  const repaired = repair(source);
  const parsed = repaired === null ? null : parse(repaired);
  return parsed === null
    ? syntax('the reply is not JSON')
    : { ...parsed, mended: [...unwrapped, document.end === null ? 'closed' : 'repaired'] };
};

const syntax = (problem: string): ParsedDocument => ({ errorClass: 'syntax', problem });

const onlyLastBraceIsMissing = ({ open, insideString }: FoundDocument, source: string): boolean =>
  !insideString && open.length === 1 && open[0] === '{' && /["}\]]$/.test(source);

const parse = (text: string): { readonly value: unknown } | null => {
  try {
    return { value: JSON.parse(text) };
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
};

/** Null when it cannot be repaired by punctuation alone. */
const repair = (text: string): string | null => {
  try {
    const repaired = jsonrepair(text);
    return contentOf(repaired) === contentOf(text) ? repaired : null;
  } catch (error) {
    if (error instanceof JSONRepairError) return null;
    throw error;
  }
};

/** The text without punctuation, white space and escapes of either: what a repair must leave as it is. */
const contentOf = (text: string): string => text.replace(/\\[nrtbf"'\\/]|[\s{}[\]:,"'`\\“”‘’]/g, '');
