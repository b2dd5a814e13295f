import { expect, it } from 'vitest';
import { publishedFigures, renderReport } from '../../../../bench/logs/report.ts';

const systems = [
  { system: 'One', groupingAccuracy: 0.75 },
  { system: 'Two', groupingAccuracy: 1 },
];
const report = { systems, mean: 0.875, linesPerSecond: 1000, memoryBytes: 2048, templates: 3 };

it('publishes accuracy and speed, and tells people of memory as well', () => {
  expect(publishedFigures(report)).toStrictEqual({ systems, mean: 0.875, linesPerSecond: 1000 });
  expect(renderReport(report).split('\n').at(-1)).toBe('1,000 lines/s on one core; 3 templates in 2 KiB');
});
