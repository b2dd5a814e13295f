/**
 * Text from outside as it may be shown or quoted: no control, format, private or unassigned characters, no tag
 * characters, no variation selectors; white space runs are one space; at most `most` characters.
 */
export const plainText = (text: string, most: number): string =>
  text
    .slice(0, 4 * most)
    .replace(/[\s\p{Zl}\p{Zp}]+/gu, ' ')
    .replace(unprintable, '')
    .trim()
    .slice(0, most)
    .toWellFormed();

const unprintable = /[\p{Cc}\p{Cf}\p{Co}\p{Cn}\p{Variation_Selector}]/gu;

/** Characters that turn text round or write letters nobody sees: no program needs them in a log. */
const turning = /[\u202A-\u202E\u2066-\u2069\u{E0000}-\u{E007F}]/u;
/** Characters of no width between letters: they break up words for a filter and not for a model. */
const splitting = /[a-z][\u200B-\u200F\u2060-\u2064\u00AD\uFEFF\u180E]+[a-z]/i;

export const hidesCharacters = (text: string): boolean => turning.test(text) || splitting.test(text);

/**
 * Text as a reader would take it in, for looking through only: compatibility forms folded (NFKC), letters of other
 * alphabets that look Latin made Latin, tag characters read as the letters they stand for, what has no width
 * gone, words spelt letter by letter joined, lower case.
 */
export const asRead = (text: string): string =>
  [...text.normalize('NFKC')]
    .map((character) => tagLetter(character) ?? lookalikes.get(character) ?? character)
    .join('')
    .replace(/[\p{Mn}\p{Cf}]/gu, '')
    .replace(/[\s\p{Cc}]+/gu, ' ')
    .toLowerCase()
    .replace(/\b(?:[a-z][ ._-]){4,}[a-z]\b/g, (spelt) => spelt.replace(/[ ._-]/g, ''));

const tagLetter = (character: string): string | null => {
  const point = character.codePointAt(0) ?? 0;
  return point >= 0xe0020 && point <= 0xe007e ? String.fromCodePoint(point - 0xe0000) : null;
};

/** Cyrillic and Greek letters that cannot be told from Latin ones by eye (of the Unicode confusables). */
const lookalikes: ReadonlyMap<string, string> = new Map(
  Object.entries({
    а: 'a',
    в: 'b',
    с: 'c',
    ԁ: 'd',
    е: 'e',
    һ: 'h',
    і: 'i',
    ј: 'j',
    к: 'k',
    ӏ: 'l',
    м: 'm',
    п: 'n',
    о: 'o',
    р: 'p',
    ԛ: 'q',
    г: 'r',
    ѕ: 's',
    т: 't',
    и: 'u',
    ѵ: 'v',
    ԝ: 'w',
    х: 'x',
    у: 'y',
    А: 'A',
    В: 'B',
    С: 'C',
    Е: 'E',
    Н: 'H',
    І: 'I',
    К: 'K',
    М: 'M',
    О: 'O',
    Р: 'P',
    Ѕ: 'S',
    Т: 'T',
    Х: 'X',
    У: 'Y',
    α: 'a',
    ε: 'e',
    ι: 'i',
    κ: 'k',
    ν: 'v',
    ο: 'o',
    ρ: 'p',
    τ: 't',
    υ: 'u',
    χ: 'x',
    Α: 'A',
    Β: 'B',
    Ε: 'E',
    Η: 'H',
    Ι: 'I',
    Κ: 'K',
    Μ: 'M',
    Ν: 'N',
    Ο: 'O',
    Ρ: 'P',
    Τ: 'T',
    Υ: 'Y',
    Χ: 'X',
    Ζ: 'Z',
  }),
);
