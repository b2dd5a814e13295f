import { generalisationsOf, shapeOf, siblingsNeeded } from './generalise.ts';
import { maskLine, wildcard } from './mask-line.ts';
import { type LineMessage, messageOf } from './message-of.ts';
import { readLine } from './read-line.ts';
import { templateId } from './template-id.ts';
import { hashTokens } from './token-hash.ts';

/** A kind of line: its constant words with a wildcard for each value. */
export type LogTemplate = {
  /** A hash of the pattern: the same on every machine and after every restart. */
  readonly id: string;
  /** At most 1,024 characters. */
  readonly pattern: string;
  /** The first line seen of this kind with its values masked, at most 240 characters; still hostile text. */
  readonly sample: string;
  readonly count: number;
  /** When last seen, epoch milliseconds. */
  readonly lastSeen: number;
  /** Ids of patterns that were found to be this one with a word in place of a value. */
  readonly absorbed: readonly string[];
};

export type TemplateMatch = {
  readonly id: string;
  /** True when neither this pattern nor one that it was merged from is known. */
  readonly isNew: boolean;
  readonly pattern: string;
};

export type TemplateMiner = {
  /** Finds or makes the template of a line. `at` is epoch milliseconds. */
  observe(line: string, at: number): TemplateMatch;
  /** Finds the template of a line whose message was read, or makes it if `mayAdd`; null when it may not. */
  observeMessage(line: string, message: LineMessage, at: number, mayAdd: boolean): TemplateMatch | null;
  /** The id that a template goes by now, after merges. */
  resolve(id: string): string;
  /** The masked sample of a template; null for one that is not known. */
  sampleOf(id: string): string | null;
  /** All that a restart needs, oldest first. */
  templates(): LogTemplate[];
};

/** Most templates, and most characters of patterns and samples together, that are kept. */
export type MinerLimits = { readonly templates: number; readonly characters: number };

type Entry = {
  id: string;
  pattern: string;
  tokens: readonly string[];
  sample: string;
  count: number;
  lastSeen: number;
  absorbed: string[];
};

export const defaultLimits: MinerLimits = { templates: 4096, characters: 1_500_000 };
const mostTokens = 128;
const longestPattern = 1024;
const mostAbsorbed = 64;
/** Share of the templates that goes at once when there are too many. */
const evictedShare = 0.1;
/** Seen no more often than this, a template is the first to go: a flood of unique lines drives out itself. */
const seldom = 2;

/**
 * Groups log lines by kind, one line at a time, in bounded memory. The idea is Drain's (He et al. 2017), with masking for
 * a tree: a line's values are masked by what they look like, lines with the same rest are of one kind, and a position
 * where many words were seen in otherwise equal lines becomes a value.
 */
export function createTemplateMiner(
  restored: readonly LogTemplate[] = [],
  limits: MinerLimits = defaultLimits,
): TemplateMiner {
  const byPattern = new Map<string, Entry>();
  const byId = new Map<string, Entry>();
  /** Templates by the hash of what they are with one word left out. */
  const shapes = new Map<number, Set<Entry>>();
  const byHash = new Map<number, Entry>();
  const live = new Set<Entry>();
  let characters = 0;

  const sizeOf = (entry: Entry): number => entry.pattern.length + entry.sample.length;

  function add(entry: Entry): Entry {
    byPattern.set(entry.pattern, entry);
    byId.set(entry.id, entry);
    live.add(entry);
    characters += sizeOf(entry);
    const hashes = hashTokens(entry.tokens);
    byHash.set(hashes.whole, entry);
    for (const position of generalisationsOf(entry.tokens)) {
      const shape = hashes.generalised(position);
      const siblings = shapes.get(shape);
      if (siblings === undefined) shapes.set(shape, new Set([entry]));
      else siblings.add(entry);
    }
    return entry;
  }

  function forget(entry: Entry): void {
    live.delete(entry);
    byPattern.delete(entry.pattern);
    characters -= sizeOf(entry);
    for (const id of [entry.id, ...entry.absorbed]) byId.delete(id);
    const hashes = hashTokens(entry.tokens);
    if (byHash.get(hashes.whole) === entry) byHash.delete(hashes.whole);
    for (const position of generalisationsOf(entry.tokens)) {
      const shape = hashes.generalised(position);
      const siblings = shapes.get(shape);
      siblings?.delete(entry);
      if (siblings?.size === 0) shapes.delete(shape);
    }
  }

  function evict(): void {
    const firstToGo = [...live].sort(
      (one, other) => Number(one.count > seldom) - Number(other.count > seldom) || one.lastSeen - other.lastSeen,
    );
    for (const entry of firstToGo.slice(0, Math.ceil(live.size * evictedShare))) forget(entry);
  }

  function absorb(into: Entry, id: string): void {
    if (id === into.id || into.absorbed.length >= mostAbsorbed) return;
    into.absorbed.push(id);
    byId.set(id, into);
  }

  /** A known template that has a value where this line has a word. */
  function generalisation(tokens: readonly string[]): Entry | undefined {
    const hashes = hashTokens(tokens);
    for (const position of generalisationsOf(tokens)) {
      const entry = byHash.get(hashes.generalised(position));
      if (entry !== undefined && entry.pattern === shapeOf(tokens, position)) return entry;
    }
    return undefined;
  }

  function merge(siblings: ReadonlySet<Entry>, shape: string): Entry {
    const parts = [...siblings];
    const merged: Entry = {
      id: templateId(shape),
      pattern: shape,
      tokens: shape.split(' '),
      sample: parts[0]?.sample ?? '',
      count: parts.reduce((sum, part) => sum + part.count, 0),
      lastSeen: Math.max(...parts.map((part) => part.lastSeen)),
      absorbed: [],
    };
    for (const part of parts) forget(part);
    for (const part of parts) for (const id of [part.id, ...part.absorbed]) absorb(merged, id);
    return add(merged);
  }

  function mergeIfVariable(entry: Entry): Entry {
    const hashes = hashTokens(entry.tokens);
    for (const position of generalisationsOf(entry.tokens)) {
      const siblings = shapes.get(hashes.generalised(position));
      if (siblings !== undefined && siblings.size >= siblingsNeeded(entry.tokens, position))
        return merge(siblings, shapeOf(entry.tokens, position));
    }
    return entry;
  }

  for (const { id, pattern, sample, count, lastSeen, absorbed } of restored) {
    const entry = add({ id, pattern, tokens: pattern.split(' '), sample, count, lastSeen, absorbed: [] });
    for (const other of absorbed) absorb(entry, other);
  }

  function observeMessage(line: string, message: LineMessage, at: number, mayAdd: boolean): TemplateMatch | null {
    const tokens = maskLine(message.key, mostTokens);
    const pattern = patternOf(tokens);
    let entry = byPattern.get(pattern);
    let isNew = false;
    if (entry === undefined) {
      const id = templateId(pattern);
      entry = byId.get(id) ?? generalisation(tokens);
      if (entry === undefined) {
        if (!mayAdd) return null;
        if (live.size >= limits.templates || characters >= limits.characters) evict();
        isNew = true;
        const sample = readLine(line, message)?.text ?? pattern;
        entry = mergeIfVariable(add({ id, pattern, tokens, sample, count: 0, lastSeen: at, absorbed: [] }));
      } else absorb(entry, id);
    }
    entry.count++;
    if (at > entry.lastSeen) entry.lastSeen = at;
    return { id: entry.id, isNew, pattern: entry.pattern };
  }

  return {
    observeMessage,
    observe(line, at) {
      const match = observeMessage(line, messageOf(line), at, true);
      if (match === null) throw new Error('a template that may be made was not made');
      return match;
    },
    resolve: (id) => byId.get(id)?.id ?? id,
    sampleOf: (id) => byId.get(id)?.sample ?? null,
    templates() {
      return [...live]
        .sort((a, b) => a.lastSeen - b.lastSeen)
        .map(({ id, pattern, sample, count, lastSeen, absorbed }) => ({
          id,
          pattern,
          sample,
          count,
          lastSeen,
          absorbed: [...absorbed],
        }));
    },
  };
}

/** The masked words as one text. Where it is too long, words are dropped from the end, in `tokens` too. */
function patternOf(tokens: string[]): string {
  if (tokens.length === 0) tokens.push(wildcard);
  let pattern = tokens.join(' ');
  while (pattern.length > longestPattern && tokens.length > 1) {
    tokens.pop();
    pattern = tokens.join(' ');
  }
  if (pattern.length <= longestPattern) return pattern;
  tokens[0] = pattern.slice(0, longestPattern);
  return tokens[0];
}
