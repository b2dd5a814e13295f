import type { Paint } from './screen.ts';
import { cut, padEnd, padStart, widthOf } from './text.ts';

export type Column = {
  readonly title: string;
  readonly align?: 'left' | 'right';
  /** Gives way, down to its title's width, when the whole is too wide. */
  readonly flexible?: boolean;
};

/** A cell is text, with a colour that is put on after it was fitted. */
export type Cell = string | { readonly text: string; readonly colour: (text: string) => string };

const textOf = (cell: Cell): string => (typeof cell === 'string' ? cell : cell.text);
const coloured = (cell: Cell, fitted: string): string => (typeof cell === 'string' ? fitted : cell.colour(fitted));

const gap = 2;

/** A table of at most `width` columns under its titles; without rows, the titles alone. */
export const grid = (
  columns: readonly Column[],
  rows: readonly (readonly Cell[])[],
  layout: { readonly width: number; readonly paint: Paint; readonly indent?: number },
): readonly string[] => {
  const margin = ' '.repeat(layout.indent ?? 0);
  const widths = columns.map((column, index) =>
    Math.max(widthOf(column.title), ...rows.map((row) => widthOf(textOf(row[index] ?? '')))),
  );
  const room = layout.width - margin.length - gap * (columns.length - 1);
  while (sum(widths) > room) {
    const widest = widestFlexible(columns, widths);
    if (widest === null) break;
    widths[widest] = (widths[widest] ?? 0) - 1;
  }
  const lineOf = (cells: readonly Cell[]): string =>
    margin +
    columns
      .map((column, index) => {
        const cell = cells[index] ?? '';
        const width = widths[index] ?? 0;
        const text = cut(textOf(cell), width);
        const last = index === columns.length - 1;
        const fitted = column.align === 'right' ? padStart(text, width) : last ? text : padEnd(text, width);
        return coloured(cell, fitted);
      })
      .join(' '.repeat(gap))
      .trimEnd();
  return [layout.paint.quiet(lineOf(columns.map((column) => column.title))), ...rows.map(lineOf)];
};

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

/** The column that gives way next: the widest of the flexible ones that still can. */
const widestFlexible = (columns: readonly Column[], widths: readonly number[]): number | null => {
  let widest: number | null = null;
  for (const [index, column] of columns.entries()) {
    const width = widths[index] ?? 0;
    if (column.flexible !== true || width <= Math.max(8, widthOf(column.title))) continue;
    if (widest === null || width > (widths[widest] ?? 0)) widest = index;
  }
  return widest;
};
