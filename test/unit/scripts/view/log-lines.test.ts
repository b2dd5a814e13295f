import { expect, it } from 'vitest';
import { logLines } from '../../../../scripts/view/log-lines.ts';
import { createScreen } from '../../../../scripts/view/screen.ts';

const screen = createScreen({ columns: 80, write: () => undefined }, {});
const at = Date.UTC(2030, 0, 1, 3, 4, 5);

it('reads our own lines, and leaves out what every line repeats', () => {
  const message = JSON.stringify({ level: 'INFO', message: 'pass', series: 3, function_name: 'x', timestamp: 'y' });
  expect(logLines({ at, message }, screen)).toEqual(['03:04:05  INFO   pass series=3']);
});

it('shows any other line as it is, without its control characters', () => {
  expect(logLines({ at, message: 'START \u001b[2Jof it' }, screen)).toEqual(['03:04:05         START of it']);
});
