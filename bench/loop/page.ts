import { type Column, grid } from '../../scripts/view/grid.ts';
import type { Screen } from '../../scripts/view/screen.ts';
import { quantilesOf } from '../report/summarise.ts';
import type { LoopResult } from './run-loop.ts';
import type { Split } from './split.ts';

const seconds = (value: number | null): string => (value === null ? '-' : `${Math.round(value)} s`);

const phases = [
  'detection',
  'decision',
  'person',
  'act',
  'physics',
  'verification',
] as const satisfies readonly (keyof Split)[];

/** Where the time went, phase by phase. */
export const splitLines = (result: LoopResult, screen: Screen): readonly string[] => {
  const columns: readonly Column[] = [
    { title: 'cause' },
    ...phases.map((phase) => ({ title: phase, align: 'right' as const })),
    { title: 'resolved', align: 'right' as const },
  ];
  const rows = result.splits.map((split, index) => [
    result.report.faults[index]?.cause ?? '',
    ...phases.map((phase) => seconds(split[phase])),
    seconds(result.report.faults[index]?.resolvedAfterSeconds ?? null),
  ]);
  const medians = [
    'median',
    ...phases.map((phase) =>
      seconds(quantilesOf(result.splits.map((split) => split[phase]).filter((value) => value !== null)).median),
    ),
    seconds(result.report.resolveSeconds.median),
  ];
  return [
    ...grid(columns, [...rows, medians], screen),
    screen.paint.quiet(`Left to the virtual run, because they hurt late: ${result.leftToVirtual.join(', ')}`),
  ];
};
