import { type FaultDefinition, faultKinds } from '../../lambdas/workload/faults/definition.ts';
import type { Screen } from './screen.ts';
import { padEnd, plain, wrap } from './text.ts';

const causeColumns = 20;

/** Every fault that can be injected, by kind: its cause, what it is, and the services it can strike. */
export const catalogueLines = (catalogue: readonly FaultDefinition[], screen: Screen): readonly string[] => {
  const { paint } = screen;
  const margin = ' '.repeat(causeColumns + 2);
  const lines = faultKinds.flatMap((kind) => [
    paint.gold(kind),
    ...catalogue
      .filter((definition) => definition.kind === kind)
      .flatMap((definition) => {
        const pace = definition.hurtsWithinFiveMinutes ? '' : paint.quiet(' (hurts after minutes)');
        return [
          `  ${paint.name(padEnd(definition.cause, causeColumns))}${plain(definition.title)}${pace}`,
          ...wrap(definition.services.join(' '), screen.width - margin.length).map(
            (line) => margin + paint.quiet(line),
          ),
        ];
      }),
  ]);
  return [...lines, paint.quiet('npm run inject -- <kind> [--cause ...] [--service ...] --watch')];
};
