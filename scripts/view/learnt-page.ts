import type { Changes } from '../../lambdas/domain/reasoning/failure/failure-diagnosis.ts';
import type { Lesson } from '../../lambdas/domain/reasoning/failure/lesson.ts';
import { type Column, grid } from './grid.ts';
import type { Screen } from './screen.ts';
import { plain, words } from './text.ts';
import { duration } from './time.ts';

const columns: readonly Column[] = [
  { title: 'purpose' },
  { title: 'provider' },
  { title: 'after' },
  { title: 'strategy' },
  { title: 'helped', align: 'right' },
  { title: 'last', align: 'right' },
  { title: 'changes', flexible: true },
];

/** What was learnt about failures of models, a strategy a line. */
export const learntLines = (lessons: readonly Lesson[], now: number, screen: Screen): readonly string[] =>
  lessons.length === 0
    ? ['Nothing yet: no model needed to be asked in another way.']
    : grid(
        columns,
        lessons.map((lesson) => [
          lesson.purpose,
          plain(lesson.provider),
          words(lesson.errorClass),
          words(lesson.strategy),
          `${lesson.worked} of ${lesson.tried}`,
          `${duration(Math.max(0, now - lesson.at))} ago`,
          changesText(lesson.changes),
        ]),
        screen,
      );

const changesText = ({ adjustments, maximumEvidence, simplerSchema }: Changes): string =>
  [
    ...adjustments.map(words),
    ...(maximumEvidence === null ? [] : [`${maximumEvidence} pieces of evidence`]),
    ...(simplerSchema ? ['simpler shape'] : []),
  ].join(', ');
