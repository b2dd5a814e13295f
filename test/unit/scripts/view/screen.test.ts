import { describe, expect, it } from 'vitest';
import { createScreen } from '../../../../scripts/view/screen.ts';

const output = (isTTY: boolean, columns?: number) => {
  const written: string[] = [];
  return { isTTY, ...(columns === undefined ? {} : { columns }), write: (text: string) => written.push(text), written };
};

describe('a screen', () => {
  it('has colour on a terminal only', () => {
    expect(createScreen(output(true), {}).paint.gold('x')).toBe('\u001b[33mx\u001b[39m');
    expect(createScreen(output(false), {}).paint.gold('x')).toBe('x');
  });

  it('honours NO_COLOR and a dumb terminal', () => {
    expect(createScreen(output(true), { NO_COLOR: '1' }).paint.gold('x')).toBe('x');
    expect(createScreen(output(true), { NO_COLOR: '' }).paint.gold('x')).not.toBe('x');
    const dumb = createScreen(output(true), { TERM: 'dumb' });
    expect(dumb.paint.gold('x')).toBe('x');
    expect(dumb.live).toBe(false);
  });

  it('is 60 to 100 columns wide', () => {
    expect(createScreen(output(true, 20), {}).width).toBe(60);
    expect(createScreen(output(true, 84), {}).width).toBe(84);
    expect(createScreen(output(true, 300), {}).width).toBe(100);
    expect(createScreen(output(false), {}).width).toBe(100);
  });

  it('rewrites drawn lines on a terminal and never draws without one', () => {
    const terminal = output(true);
    const screen = createScreen(terminal, {});
    screen.draw(['one', 'two']);
    screen.print('told');
    expect(terminal.written).toEqual(['one\n', 'two\n', '\u001b[2A\u001b[0J', 'told\n']);
    const file = output(false);
    createScreen(file, {}).draw(['one']);
    expect(file.written).toEqual([]);
  });
});
