import { describe, expect, it } from 'vitest';
import { grid } from '../../../../scripts/view/grid.ts';
import { createPaint } from '../../../../scripts/view/screen.ts';
import { widthOf } from '../../../../scripts/view/text.ts';

const layout = { width: 40, paint: createPaint(false) };

describe('grid', () => {
  it('aligns columns under their titles', () => {
    const lines = grid(
      [{ title: 'name' }, { title: 'rate', align: 'right' }],
      [
        ['checkout', '4'],
        ['cart', '12.5'],
      ],
      layout,
    );
    expect(lines).toEqual(['name      rate', 'checkout     4', 'cart      12.5']);
  });

  it('lets flexible columns give way, and no others', () => {
    const lines = grid(
      [{ title: 'id' }, { title: 'what', flexible: true }],
      [['12345678901234567890', 'a long story that does not fit on the line']],
      layout,
    );
    expect(lines[1]).toBe('12345678901234567890  a long story that…');
    for (const line of lines) expect(widthOf(line)).toBeLessThanOrEqual(40);
  });

  it('colours a cell without disturbing its column', () => {
    const paint = createPaint(true);
    const lines = grid([{ title: 'a' }, { title: 'b' }], [[{ text: 'x', colour: paint.bad }, 'y']], layout);
    expect(lines[1]).toBe(`${paint.bad('x')}  y`);
  });
});
