import type { IncidentRecord } from '../operator/incident-record.ts';
import type { Screen } from './screen.ts';
import { padEnd } from './text.ts';

/** Where to look after a fault was played. */
export const whereNextLines = (
  record: IncidentRecord | null,
  place: { readonly cloud: string; readonly archive: string },
  screen: Screen,
): readonly string[] => {
  const { paint } = screen;
  const commands: readonly (readonly [string, string])[] = [
    ...(record === null ? [] : [[`npm run incident -- ${record.incident.id}`, 'all of it, step by step'] as const]),
    ['npm run tables -- audit', 'the rows themselves'],
    ['npm run fleet', 'the shop, live'],
    ['npm run inject -- list', 'what else can be broken'],
    ['npm run down', 'stops the cloud'],
  ];
  return [
    '',
    paint.gold('Everything is still running. Where to look next'),
    ...commands.map(([command, what]) => `  ${padEnd(command, 48)}${paint.quiet(what)}`),
    paint.quiet(`  Tables, functions and the bucket ${place.archive} are at ${place.cloud}.`),
  ];
};
