/** A JSON document inside a text. `end` is just behind it; null when the text ends before the document does. */
export type FoundDocument = {
  readonly start: number;
  readonly end: number | null;
  /** Brackets still open at the end, outermost first. */
  readonly open: readonly ('{' | '[')[];
  readonly insideString: boolean;
  /** What makes it ambiguous in a way that nobody should guess about; null when nothing does. */
  readonly ambiguity: string | null;
};

/** An object, or a list of objects; a bracket in prose is neither. */
const beginning = /\{\s*(?:["'“}]|[A-Za-z_]+\s*:)|\[\s*\{/g;
/** No answer is nested deeper; what is would exhaust the stack of whoever parses it. */
const maximumDepth = 32;
const closing = { '{': '}', '[': ']' } as const;

/** Every outermost JSON document in the text, in order. */
export const findDocuments = (text: string): readonly FoundDocument[] => {
  const found: FoundDocument[] = [];
  let from = 0;
  for (;;) {
    beginning.lastIndex = from;
    const match = beginning.exec(text);
    if (match === null) return found;
    const document = scan(text, match.index);
    found.push(document);
    if (document.end === null) return found;
    from = document.end;
  }
};

type Frame = { readonly bracket: '{' | '['; readonly keys: Set<string> };

const scan = (text: string, start: number): FoundDocument => {
  const frames: Frame[] = [];
  let ambiguity: string | null = null;
  let key: string | null = null;
  let index = start;
  while (index < text.length) {
    const character = text[index];
    if (character === '"') {
      const end = endOfString(text, index);
      if (end === null) return { start, end: null, open: frames.map(bracketOf), insideString: true, ambiguity };
      key = text.slice(index + 1, end - 1);
      index = end;
      continue;
    }
    if (character === '{' || character === '[') {
      if (frames.length === maximumDepth) {
        return {
          start,
          end: null,
          open: frames.map(bracketOf),
          insideString: false,
          ambiguity: 'it is nested too deeply',
        };
      }
      frames.push({ bracket: character, keys: new Set() });
    }
    if (character === ':' && key !== null) {
      const keys = frames.at(-1)?.keys;
      if (keys?.has(key) === true) ambiguity ??= `the field ${key.slice(0, 40)} is given twice`;
      keys?.add(key);
    }
    if (character === ':' || character === ',') key = null;
    if (character === '}' || character === ']') {
      const frame = frames.pop();
      if (frame !== undefined && closing[frame.bracket] !== character) ambiguity ??= 'its brackets do not match';
      if (frames.length === 0) return { start, end: index + 1, open: [], insideString: false, ambiguity };
    }
    index += 1;
  }
  return { start, end: null, open: frames.map(bracketOf), insideString: false, ambiguity };
};

const bracketOf = ({ bracket }: Frame) => bracket;

/** Just behind the closing quote; null when there is none. */
const endOfString = (text: string, start: number): number | null => {
  for (let index = start + 1; index < text.length; index += 1) {
    if (text[index] === '\\') index += 1;
    else if (text[index] === '"') return index + 1;
  }
  return null;
};
