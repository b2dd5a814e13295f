import { generalisationsOf, shapeOf, siblingsNeeded } from './generalise.ts';
import { maskLine, wildcard } from './mask-line.ts';
import { messageOf } from './message-of.ts';
import { templateId } from './template-id.ts';

/** A kind of line: its constant words with a wildcard for each value. */
export type LogTemplate = {
  /** A hash of the pattern: the same on every machine and after every restart. */
  readonly id: string;
  readonly pattern: string;
  /** The first line seen of this kind, cut to 500 characters; hostile text. */
  readonly sample: string;
  readonly count: number;
  /** When last seen, epoch milliseconds. */
  readonly lastSeen: number;
  /** Patterns that were found to be this one with a word in place of a value. */
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
  /** The id that a template goes by now, after merges. */
  resolve(id: string): string;
  /** All that a restart needs, oldest first. */
  templates(): LogTemplate[];
};

type Entry = {
  id: string;
  pattern: string;
  tokens: readonly string[];
  sample: string;
  count: number;
  lastSeen: number;
  absorbed: string[];
};

export const defaultCapacity = 4096;
const longestLine = 4096;
const mostTokens = 128;
const sampleLength = 500;
const mostAbsorbed = 64;
/** Share of the templates that goes at once when there are too many: the longest unseen. */
const evictedShare = 0.1;

/**
 * Groups log lines by kind, one line at a time, in memory bounded by `capacity` templates. The idea is Drain's
 * (He et al. 2017), with masking for a tree: a line's values are masked by what they look like, lines with the same rest
 * are of one kind, and a position where many words were seen in otherwise equal lines becomes a value.
 */
export function createTemplateMiner(
  restored: readonly LogTemplate[] = [],
  capacity: number = defaultCapacity,
): TemplateMiner {
  const byPattern = new Map<string, Entry>();
  const renamed = new Map<string, string>();
  const shapes = new Map<string, Set<Entry>>();
  const live = new Set<Entry>();

  function index(entry: Entry): void {
    for (const position of generalisationsOf(entry.tokens)) {
      const shape = shapeOf(entry.tokens, position);
      const siblings = shapes.get(shape);
      if (siblings === undefined) shapes.set(shape, new Set([entry]));
      else siblings.add(entry);
    }
  }

  function add(entry: Entry): Entry {
    byPattern.set(entry.pattern, entry);
    live.add(entry);
    index(entry);
    return entry;
  }

  function forget(entry: Entry): void {
    live.delete(entry);
    byPattern.delete(entry.pattern);
    renamed.delete(entry.id);
    for (const pattern of entry.absorbed) {
      byPattern.delete(pattern);
      renamed.delete(templateId(pattern));
    }
    for (const position of generalisationsOf(entry.tokens)) {
      const shape = shapeOf(entry.tokens, position);
      const siblings = shapes.get(shape);
      siblings?.delete(entry);
      if (siblings?.size === 0) shapes.delete(shape);
    }
  }

  function evict(): void {
    const oldestFirst = [...live].sort((a, b) => a.lastSeen - b.lastSeen);
    for (const entry of oldestFirst.slice(0, Math.ceil(capacity * evictedShare))) forget(entry);
  }

  function absorb(into: Entry, pattern: string): void {
    if (pattern === into.pattern || into.absorbed.length >= mostAbsorbed) return;
    into.absorbed.push(pattern);
    byPattern.set(pattern, into);
    renamed.set(templateId(pattern), into.id);
  }

  /** A known template that has a value where this line has a word. */
  function generalisation(tokens: readonly string[]): Entry | undefined {
    for (const position of generalisationsOf(tokens)) {
      const entry = byPattern.get(shapeOf(tokens, position));
      if (entry !== undefined) return entry;
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
    for (const part of parts) for (const pattern of [part.pattern, ...part.absorbed]) absorb(merged, pattern);
    return add(merged);
  }

  function mergeIfVariable(entry: Entry): Entry {
    for (const position of generalisationsOf(entry.tokens)) {
      const shape = shapeOf(entry.tokens, position);
      const siblings = shapes.get(shape);
      if (siblings !== undefined && siblings.size >= siblingsNeeded(entry.tokens, position))
        return merge(siblings, shape);
    }
    return entry;
  }

  for (const { id, pattern, sample, count, lastSeen, absorbed } of restored) {
    const entry = add({ id, pattern, tokens: pattern.split(' '), sample, count, lastSeen, absorbed: [] });
    for (const other of absorbed) absorb(entry, other);
  }

  return {
    observe(line, at) {
      const tokens = maskLine(messageOf(line.length > longestLine ? line.slice(0, longestLine) : line), mostTokens);
      const pattern = tokens.length === 0 ? wildcard : tokens.join(' ');
      let entry = byPattern.get(pattern);
      let isNew = false;
      if (entry === undefined) {
        entry = generalisation(tokens);
        if (entry === undefined) {
          if (live.size >= capacity) evict();
          isNew = true;
          entry = {
            id: templateId(pattern),
            pattern,
            tokens,
            sample: line.slice(0, sampleLength),
            count: 0,
            lastSeen: at,
            absorbed: [],
          };
          entry = mergeIfVariable(add(entry));
        } else absorb(entry, pattern);
      }
      entry.count++;
      if (at > entry.lastSeen) entry.lastSeen = at;
      return { id: entry.id, isNew, pattern: entry.pattern };
    },
    resolve(id) {
      let current = id;
      for (let next = renamed.get(current); next !== undefined && next !== current; next = renamed.get(current))
        current = next;
      return current;
    },
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
