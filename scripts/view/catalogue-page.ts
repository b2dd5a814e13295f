import { type FaultDefinition, faultKinds } from '../../lambdas/workload/faults/definition.ts';
import { type Column, grid } from './grid.ts';
import type { Screen } from './screen.ts';
import { plain } from './text.ts';

const columns: readonly Column[] = [
  { title: 'kind' },
  { title: 'cause' },
  { title: 'hurts' },
  { title: 'what', flexible: true },
  { title: 'services', flexible: true },
];

/** Every fault that can be injected, by kind. */
export const catalogueLines = (catalogue: readonly FaultDefinition[], screen: Screen): readonly string[] =>
  grid(
    columns,
    faultKinds.flatMap((kind) =>
      catalogue
        .filter((definition) => definition.kind === kind)
        .map((definition, index) => [
          index === 0 ? kind : '',
          { text: definition.cause, colour: screen.paint.name },
          definition.hurtsWithinFiveMinutes ? 'soon' : 'slowly',
          plain(definition.title),
          definition.services.join(' '),
        ]),
    ),
    screen,
  );
